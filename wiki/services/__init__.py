"""Writes of guides."""

from wiki.services.checking import check_guide
from wiki.services.errors import GuideStateError, StaleRevisionError
from wiki.services.reviewing import ask_changes, publish_guide, refuse_guide, submit_guide, unpublish_guide
from wiki.services.writing import GuideFacts, create_guide, save_guide

__all__ = [
    "GuideFacts",
    "GuideStateError",
    "StaleRevisionError",
    "ask_changes",
    "check_guide",
    "create_guide",
    "publish_guide",
    "refuse_guide",
    "save_guide",
    "submit_guide",
    "unpublish_guide",
]
