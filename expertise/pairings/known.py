"""What organizations know, indexed: once for all processes, for as long as nothing of it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from expertise.matching import Index
from expertise.matching.kept import Kept
from expertise.matching.storing import pack_index, unpack_index
from expertise.organizations.selectors import profiles, profiles_stamp
from expertise.skills.selectors import vocabulary

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.matching.arrays import Stored


def index(*, now: datetime) -> Index:
    """The index of every organization that may be asked, as the database is now.

    From this process's memory or from the file that another one wrote; when something changed since, from the profiles,
    of which only the changed texts are analysed.

    Args:
        now: the moment; nothing that depends on it is indexed.
    """
    words = vocabulary()
    stamp = f"{connection.settings_dict['NAME']}:{words.version}:{profiles_stamp()}"

    def build(before: Index | None) -> Index:
        return Index.build(profiles(now=now), words, previous=before)

    return _kept.get(stamp, build, settings.MATCHING_FOLDER)


def forget_index() -> None:
    """Read or build anew at the next ranking: for tests."""
    _kept.forget()


def _unpack(stored: Stored) -> Index:
    return unpack_index(stored, vocabulary())


_kept: Kept[Index] = Kept("index.arrays", pack=pack_index, unpack=_unpack)
