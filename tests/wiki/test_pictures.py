"""What people send as a picture: cleaned of all that it says besides, or refused."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as PillowImage

from wiki import pictures


def picture(size: tuple[int, int] = (40, 30), kind: str = "JPEG", **options: object) -> SimpleUploadedFile:
    buffer = BytesIO()
    PillowImage.new("RGB", size, "green").save(buffer, kind, **options)
    return SimpleUploadedFile("photo.jpg", buffer.getvalue(), content_type="image/jpeg")


def test_picture_loses_its_metadata() -> None:
    exif = PillowImage.Exif()
    exif[0x010E] = "chez moi"
    cleaned = pictures.clean(picture(exif=exif))
    with PillowImage.open(BytesIO(cleaned.content)) as opened:
        assert not opened.getexif()
        assert opened.format == "WEBP"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "kind"),
        (b"<svg onload=alert(1)>", "kind"),
        (b"GIF89a....", "kind"),
        (b"x" * (pictures.MAX_BYTES + 1), "big"),
        (picture().read()[:300], "broken"),
    ],
)
def test_what_is_not_a_picture_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(pictures.PictureError) as refused:
        pictures.clean(SimpleUploadedFile("photo.jpg", content))
    assert refused.value.code == code


def test_enormous_picture_is_refused_before_it_is_read() -> None:
    with pytest.raises(pictures.PictureError) as refused:
        pictures.clean(picture((9000, 9000), "PNG"))
    assert refused.value.code == "pixels"
