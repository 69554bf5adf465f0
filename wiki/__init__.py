"""Guides: writing, revisions, review."""
