"""Pictures that members send: checked by content, freed of their metadata, made small once."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from PIL import Image as PillowImage, ImageOps, UnidentifiedImageError

from maillage.core.models import Picture

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from members.models import User

MAX_BYTES = 8 * 1024 * 1024
# A telephone's 48 megapixels pass; what would fill the memory of a small server does not.
MAX_PIXELS = 50_000_000
MAX_SIDE = 2000
FORMATS = ("JPEG", "PNG", "WEBP")
SHOWN = "max-1200x1200|format-webp|webpquality-78"


class PictureError(ValueError):
    """Not a picture that we take; ``code`` is ``big``, ``kind``, ``pixels`` or ``broken``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A checked picture: WebP or PNG bytes without metadata (no GPS), at most ``MAX_SIDE`` pixels a side."""

    content: bytes
    suffix: str


def clean(upload: UploadedFile) -> CleanPicture:
    """Read an upload as hostile.

    Raises:
        PictureError: too big, not one of ``FORMATS`` by its content, too many pixels, or broken.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise PictureError("big")
    try:
        with PillowImage.open(upload, formats=FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise PictureError("pixels")
            opened.load()
            turned = ImageOps.exif_transpose(opened)
    except (UnidentifiedImageError, PillowImage.DecompressionBombError) as error:
        raise PictureError("kind") from error
    except (OSError, SyntaxError, ValueError) as error:
        if isinstance(error, PictureError):
            raise
        raise PictureError("broken") from error
    turned.thumbnail((MAX_SIDE, MAX_SIDE))
    has_alpha = turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info
    plain = turned.convert("RGBA" if has_alpha else "RGB")
    buffer = BytesIO()
    plain.save(buffer, "WEBP", quality=86, method=4, exif=b"", icc_profile=None)
    return CleanPicture(buffer.getvalue(), ".webp")


def store(*, picture: CleanPicture, title: str, user: User) -> Picture:
    """Keep a picture and make the size that pages show, so that no reader waits for it."""
    stored = Picture(title=title[:255], uploaded_by_user=user)
    stored.file.save(f"guide{picture.suffix}", ContentFile(picture.content), save=False)
    stored.save()
    stored.get_rendition(SHOWN)
    return stored
