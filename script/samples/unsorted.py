"""Make the sample inbox anew: a batch of forms as a scanner makes it, and a photo.

`python -m script.samples.unsorted` writes tests/samples/inbox/, which the demo lays, too.
"""

import importlib
import os
import shutil
from pathlib import Path
from typing import Any

import django
from PIL import Image

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "samples" / "inbox"
_DPI, _BLACK = 300, 150


def main() -> None:
    """Write the batch and the photo."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    django.setup()
    papers = importlib.import_module("script.samples.papers")
    aging = importlib.import_module("script.samples.aging")
    shutil.rmtree(FOLDER, ignore_errors=True)
    sheets = [
        *papers.pages(papers.filled("DB-02", "DB-103200-2018-0011"), _DPI),
        *papers.pages(papers.filled("DB-01", "DB-103200-2018-0012"), _DPI),
        Image.new("RGB", (round(8.27 * _DPI), round(11.69 * _DPI)), "white"),
        papers.pages(_certificate(papers), _DPI)[0],
        *papers.pages(papers.filled("COM-03", "DB-103200-2018-0011"), _DPI)[::2],
    ]
    scanned = [aging.as_scan(sheet, 40 + n, 0.3 * (-1) ** n) for n, sheet in enumerate(sheets)]
    _write("批量扫描0001.pdf", papers.picture_file(list(map(_black, scanned)), "pdf", _DPI))
    receipt = papers.letter(
        "收  条",
        "今收到钟宝镇民主村村民委员会发放的临时救助金人民币伍佰元整（500.00元）。",
        "收款人：测试吴德才",
        "2018年5月18日",
    )
    photo = aging.as_photo(papers.pages(receipt)[0], 61)
    _write("钟宝镇/民主村/IMG_20180520_093012.jpg", papers.picture_file([photo], "jpg"))


def _black(scan: Image.Image) -> Image.Image:
    """In black and white, as a feeder is set for a pile of forms."""
    return scan.convert("L").point([255 * (grey > _BLACK) for grey in range(256)]).convert("1")


def _certificate(papers: Any) -> bytes:
    lines = ("姓名：测试李长福", "诊断：慢性支气管炎。建议休息，避免重体力劳动。", "2018年4月2日")
    made: bytes = papers.letter("诊断证明书", *lines)
    return made


def _write(name: str, content: bytes) -> None:
    file = FOLDER / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    print(f"{len(content):>9} {name}")


if __name__ == "__main__":
    main()
