"""Personal data of guides: there is none beside the author, who is an account."""

from __future__ import annotations

from django.db.models import Q

from members.personal_data import Erase, declare, declare_impersonal, rows
from wiki.models import FormerSlug, GuidePage

rows(GuidePage, lambda person: Q(owner=person))
for name in ("title", "body"):
    declare(
        GuidePage,
        name,
        purpose="share what one knows",
        retention="while the guide is published",
        mask=False,
        erase=Erase.KEEP,
        because="published under a free licence; others use it, and it no longer names its author",
    )
declare_impersonal(
    GuidePage,
    *("kind", "helps_to", "for_whom", "body_html", "picture_alt", "review_state", "review_word"),
    because="about the guide",
)
declare_impersonal(FormerSlug, "slug", because="about the guide")
