"""The one derived table of documents."""

from search.models.document import Document

__all__ = ["Document"]
