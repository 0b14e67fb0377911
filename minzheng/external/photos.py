"""Photos as people take them become upright JPEGs of a size that fits a form."""

import io
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

_QUALITY = 85
_KINDS = ("JPEG", "PNG", "WEBP", "HEIF")
_WHITE = (255, 255, 255)

pillow_heif.register_heif_opener()


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
    if len(data) > limits.most_bytes:
        size = f"{len(data) / (1 << 20):.0f} MB"
        raise BadPhotoError(
            f"照片有 {size}，超过 {limits.most_bytes >> 20} MB", "用手机或电脑压缩后再放入"
        )
    try:
        with Image.open(io.BytesIO(data), formats=_KINDS) as picture:
            if picture.width * picture.height > limits.most_pixels:
                what = f"照片有 {picture.width}×{picture.height} 像素，太大"
                raise BadPhotoError(what, "缩小后再放入")
            picture.draft("RGB", (limits.longest_side, limits.longest_side))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((limits.longest_side, limits.longest_side))
            return _as_jpeg(_on_white(upright))
    except UnidentifiedImageError as error:
        raise BadPhotoError("不是照片文件", "用 JPG、PNG、WebP 或 HEIC 格式的照片") from error
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        if isinstance(error, BadPhotoError):
            raise
        raise BadPhotoError("照片已损坏，读不出来", "重新拍摄，或换一份没有损坏的文件") from error


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture on white paper in place of what is transparent."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    whole = Image.new("RGB", clear.size, _WHITE)
    whole.paste(clear, mask=clear.getchannel("A"))
    return whole


def _as_jpeg(picture: Image.Image) -> Photo:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=_QUALITY, subsampling="4:2:0")
    return Photo(stream.getvalue(), picture.width, picture.height)
