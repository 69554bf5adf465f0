"""Personal data of search: none; documents are derived from what may be read, and made again when it changes."""

from __future__ import annotations

from members.personal_data import declare_impersonal
from search.models import Document

declare_impersonal(
    Document,
    *("kind", "lang", "title", "summary", "headings", "body", "attachments", "skills", "skill_words", "region"),
    *("audience", "url", "analysed"),
    because="derived from texts that their own rooms declare",
)
