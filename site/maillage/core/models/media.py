"""Images and documents: Wagtail's, under our own names from the first migration."""

from __future__ import annotations

from django.db import models
from wagtail.documents.models import AbstractDocument, Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition, Image as WagtailImage


class Picture(AbstractImage):
    """A picture; the alternative text is asked for at upload."""

    admin_form_fields = WagtailImage.admin_form_fields


class PictureRendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="rendition_unique"),
        )


class Attachment(AbstractDocument):
    """A file to download."""

    admin_form_fields = WagtailDocument.admin_form_fields
