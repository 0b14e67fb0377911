"""Photos as people take them become upright JPEGs of a size that fits a form.

What decodes them is loaded with the first photo: a form without one is filled without it.
"""

import io
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

_QUALITY = 85
_KINDS = ("JPEG", "PNG", "WEBP", "HEIF")
_WHITE = (255, 255, 255)
_one_at_a_time = threading.Lock()  #: many requests at once do not add up


class BadPhotoError(ValueError):
    """What is wrong with a picture and what to do, in Chinese."""

    def __init__(self, what: str, do: str) -> None:
        self.what, self.do = what, do
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class PhotoLimits:
    """What a photo may be, and what is made of it."""

    most_bytes: int = 20 << 20
    most_pixels: int = 100_000_000
    longest_side: int = 1600


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as it is kept: an upright JPEG."""

    data: bytes
    width: int
    height: int


def read_photo(data: bytes, limits: PhotoLimits) -> Photo:
    """The picture turned as it was held, scaled down, without what else its file told.

    The same file gives the same bytes.

    Raises:
        BadPhotoError: it is no picture, a damaged one, or too large.
    """
    from PIL import UnidentifiedImageError  # noqa: PLC0415  # with the first photo

    from minzheng.external.large_pictures import DamagedPictureError  # noqa: PLC0415
    from minzheng.external.shrinking import DAMAGES  # noqa: PLC0415

    if len(data) > limits.most_bytes:
        size = f"{len(data) / (1 << 20):.0f} MB"
        raise BadPhotoError(
            f"照片有 {size}，超过 {limits.most_bytes >> 20} MB", "用手机或电脑压缩后再放入"
        )
    try:
        return _as_jpeg(_on_white(_open_small(data, limits)))
    except UnidentifiedImageError as error:
        raise BadPhotoError("不是照片文件", "用 JPG、PNG、WebP 或 HEIC 格式的照片") from error
    except BadPhotoError:
        raise
    except (DamagedPictureError, *DAMAGES) as error:
        raise BadPhotoError("照片已损坏，读不出来", "重新拍摄，或换一份没有损坏的文件") from error


def _open_small(data: bytes, limits: PhotoLimits) -> "Image.Image":
    from PIL import Image  # noqa: PLC0415  # with the first photo

    from minzheng.external.large_pictures import (  # noqa: PLC0415
        TooLargePictureError,
        is_large,
        shrink_outside,
    )
    from minzheng.external.shrinking import shrink  # noqa: PLC0415

    side = limits.longest_side
    with Image.open(io.BytesIO(data), formats=_KINDS) as picture:
        size = f"照片有 {picture.width}×{picture.height} 像素"
        if picture.width * picture.height > limits.most_pixels:
            raise BadPhotoError(f"{size}，太大", "缩小后再放入")
        if not is_large(picture, side):
            with _one_at_a_time:
                return shrink(picture, side)
    with tempfile.TemporaryDirectory(prefix="minzheng-photo-") as folder:
        file = Path(folder) / "photo"
        file.write_bytes(data)
        try:
            return shrink_outside(file, side)
        except TooLargePictureError as error:
            raise BadPhotoError(f"{size}，打开它占用的内存太多", "缩小后再放入") from error


def _on_white(picture: "Image.Image") -> "Image.Image":
    """The picture on white paper in place of what is transparent."""
    from PIL import Image  # noqa: PLC0415  # with the first photo

    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    whole = Image.new("RGB", clear.size, _WHITE)
    whole.paste(clear, mask=clear.getchannel("A"))
    return whole


def _as_jpeg(picture: "Image.Image") -> Photo:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=_QUALITY, subsampling="4:2:0")
    return Photo(stream.getvalue(), picture.width, picture.height)
