"""« Vous êtes-vous parlé? » and « comment ça s’est terminé? », from either side's mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone

from expertise.needs.selectors import contact_of
from expertise.pairings import introductions, services
from expertise.pairings.enums import Outcome, PairingState, Side
from expertise.pairings.models import Pairing
from expertise.pairings.querysets import LOADING_STATES
from expertise.pairings.views.links import is_someone_elses, opened_by, refused
from maillage.core.permissions import can

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.core.models import ActionToken

RELATED = ("need__organization", "need__author", "need__contact__user", "organization")
SPOKEN = {"yes": True, "no": False}
CONFLICT = 409
VERBS = {Side.GROUP: "tell_as_group", Side.ORGANIZATION: "tell_as_organization"}


@opened_by("spoken")
def spoken(request: HttpRequest, token: ActionToken) -> HttpResponse:
    """Two buttons."""
    return News(request, token, question="spoken").respond()


@opened_by("outcome")
def outcome(request: HttpRequest, token: ActionToken) -> HttpResponse:
    """Three buttons: it helped, it goes on, it did not."""
    return News(request, token, question="outcome").respond()


class News:
    """One question to one side of an introduction."""

    def __init__(self, request: HttpRequest, token: ActionToken, *, question: str) -> None:
        self.request, self.token, self.question = request, token, question
        self.now = timezone.now()
        self.pairing = Pairing.objects.select_related(*RELATED).filter(pk=token.object_id).first()
        side = token.data.get("side")
        self.side = Side(side) if side in Side.values else None

    def respond(self) -> HttpResponse:
        """Ask, or note the answer."""
        pairing, side = self.pairing, self.side
        if pairing is None or side is None:
            return refused(self.request, "unknown")
        if is_someone_elses(self.request, self.token, is_theirs=can(self.request.user, VERBS[side], pairing)):
            return refused(self.request, "other")
        said = self.request.POST.get("answer", "")
        if self.request.method != "POST" or said not in (SPOKEN if self.question == "spoken" else Outcome.values):
            return self._page(pairing, side)
        try:
            self._record(pairing, side, said)
        except services.PairingError:
            return self._page(pairing, side, status=CONFLICT)
        return self._page(pairing, side, said=said)

    def _record(self, pairing: Pairing, side: Side, said: str) -> None:
        if self.question == "spoken":
            services.record_spoken(pairing=pairing, side=side, has_spoken=SPOKEN[said], now=self.now)
        else:
            services.record_outcome(pairing=pairing, side=side, outcome=said, now=self.now)

    def _page(self, pairing: Pairing, side: Side, *, said: str = "", status: int = 200) -> HttpResponse:
        is_group = side == Side.GROUP
        counterpart = introductions.helper_of if is_group else introductions.group_of
        context: dict[str, Any] = {
            "question": self.question,
            "need": pairing.need,
            "other": pairing.organization if is_group else pairing.need.organization,
            "counterpart": counterpart(pairing, self.now),
            "contact": contact_of(pairing.need, self.now),
            "said": said,
            "is_group": is_group,
            "is_late": status == CONFLICT or not self._is_asked(pairing),
            "has_spoken": pairing.spoken_at is not None,
            "csrf_token": "",
        }
        return render(self.request, "pairings/news.html", context, status=status)

    def _is_asked(self, pairing: Pairing) -> bool:
        """Whether the question still has a sense; how it ended may be told late."""
        if self.question == "outcome":
            return pairing.state in (*LOADING_STATES, PairingState.HELPED, PairingState.NOT_HELPED)
        return pairing.state in LOADING_STATES
