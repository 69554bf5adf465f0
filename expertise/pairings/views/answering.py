"""An organization answers, from its mail's link or signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from expertise.needs.enums import Part
from expertise.needs.facts import facts_of
from expertise.needs.selectors import contact_of
from expertise.pairings import introductions, reasons, services, wording
from expertise.pairings.enums import PairingState
from expertise.pairings.forms.answers import AnswerForm, DeclineForm, OfferForm
from expertise.pairings.forms.refer import ReferForm
from expertise.pairings.models import Pairing
from expertise.pairings.rounds import TAKES_OFFERS
from expertise.pairings.views.links import is_someone_elses, opened_by, refused
from maillage.core.formats import local_date
from maillage.core.permissions import can, require

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from maillage.core.models import ActionToken
    from members.models import User

RELATED = (
    "need__organization",
    "need__author",
    "need__contact__user",
    "organization",
    "referred_by__organization",
    "added_by",
)
ACTIONS = ("offer", "decline", "refer")
CONFLICT, INVALID = 409, 422


@opened_by("answer")
def answer(request: HttpRequest, token: ActionToken) -> HttpResponse:
    """Behind the link of a proposal: the need, the reasons, three answers."""
    pairing = Pairing.objects.select_related(*RELATED).filter(pk=token.object_id).first()
    if pairing is None:
        return refused(request, "unknown")
    if is_someone_elses(request, token, is_theirs=can(request.user, "answer", pairing)):
        return refused(request, "other")
    return Answering(request, pairing, actor=None, address=token.address).respond()


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_member(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for a signed-in member of the organization."""
    pairing = get_object_or_404(Pairing.objects.visible_to(request.user).select_related(*RELATED), pk=pk)
    require(request.user, "answer", pairing)
    user = cast("User", request.user)
    return Answering(request, pairing, actor=user, address=user.email).respond()


class Answering:
    """One request about one pairing: ``actor`` is None behind a link, whose address then says who answers."""

    def __init__(self, request: HttpRequest, pairing: Pairing, *, actor: User | None, address: str) -> None:
        self.request, self.pairing = request, pairing
        self.actor, self.address = actor, address
        self.now = timezone.now()

    def respond(self) -> HttpResponse:
        """Show the three doors, or act on the one that was pressed."""
        action = self.request.POST.get("action", "")
        if self.request.method != "POST" or action not in ACTIONS:
            return self._page(self._forms(), status=200)
        forms = self._forms(pressed=action)
        if not forms[action].is_valid():
            return self._page(forms, status=INVALID if self._is_open() else CONFLICT, opened=action)
        try:
            self._act(forms[action])
        except services.AlreadyAnsweredError:
            self.pairing.refresh_from_db()
            return self._page(forms, status=CONFLICT)
        except services.PairingError as error:
            self.pairing.refresh_from_db()
            return self._page(forms, status=CONFLICT, refusal=_refusal(error))
        context = self._context() | {"action": action}
        return render(self.request, "pairings/answered.html", context)

    def _act(self, form: AnswerForm) -> None:
        pairing, actor, now, facts = self.pairing, self.actor, self.now, form.answer(self.address)
        if isinstance(form, OfferForm):
            services.offer(pairing=pairing, facts=form.facts(), answer=facts, actor=actor, now=now)
        elif isinstance(form, ReferForm):
            named = form.cleaned_data.get("organization")
            services.refer(pairing=pairing, organization=named, word=form.words(), answer=facts, actor=actor, now=now)
        else:
            services.decline(pairing=pairing, reason=form.cleaned_data["reason"], answer=facts, actor=actor, now=now)

    def _forms(self, pressed: str = "") -> dict[str, AnswerForm]:
        known = {"name": self.actor.name, "telephone": self.actor.telephone} if self.actor is not None else {}
        kinds = self.pairing.organization.help_kinds
        offered = known | ({"help_kind": kinds[0]} if len(kinds) == 1 else {})
        data = {action: self.request.POST if action == pressed else None for action in ACTIONS}
        return {
            "offer": OfferForm(data["offer"], initial=offered, today=local_date(self.now), auto_id="offer_%s"),
            "decline": DeclineForm(data["decline"], initial=known, auto_id="decline_%s"),
            "refer": ReferForm(data["refer"], initial=known, need=self.pairing.need, auto_id="refer_%s"),
        }

    def _is_open(self) -> bool:
        is_asked = self.pairing.state in (PairingState.PROPOSED, PairingState.LAPSED)
        return is_asked and self.pairing.need.state in TAKES_OFFERS

    def _page(self, forms: dict[str, AnswerForm], *, status: int, opened: str = "", refusal: str = "") -> HttpResponse:
        context = self._context() | {
            "forms": forms,
            "opens": {action: action == opened for action in ACTIONS},
            "form": forms.get(opened),
            "refusal": refusal,
            "is_open": self._is_open() and not refusal,
        }
        return render(self.request, "pairings/answer.html", context, status=status)

    def _context(self) -> dict[str, Any]:
        pairing, need = self.pairing, self.pairing.need
        context: dict[str, Any] = {
            "pairing": pairing,
            "need": need,
            "facts": facts_of(need, Part.ASKED),
            "skills": list(need.skills.order_by("name")),
            "reasons": reasons.sentences(pairing.reasons),
            "earlier": wording.earlier_answer(pairing, self.now, self.address),
            "terms": wording.terms(pairing),
            "group": introductions.group_of(pairing, self.now),
            "contact": contact_of(need, self.now),
            "deadline": _deadline(pairing, self.now),
        }
        # Behind a link no cookie is asked for: an empty token keeps the page from setting one.
        return context if self.actor is not None else context | {"csrf_token": ""}


def _deadline(pairing: Pairing, now: datetime) -> str:
    is_ahead = pairing.lapses_at is not None and pairing.lapses_at > now
    return wording.by_day(pairing.lapses_at, now) if is_ahead and pairing.lapses_at else ""


def _refusal(error: services.PairingError) -> str:
    sentences = {
        "places_taken": _("Le groupe a trouvé entre-temps. Merci d’avoir répondu."),
        "need_closed": _("Cette demande est fermée. Merci d’avoir répondu."),
        "organization_full": _(
            "Votre organisme aide déjà autant de groupes qu’il l’a prévu. Changez ce nombre dans ses disponibilités, "
            "puis revenez : la demande vous attend."
        ),
        "wrong_state": _("Cette demande n’attend plus votre réponse. Merci quand même."),
    }
    return sentences.get(error.code, _("Cette réponse n’est plus possible."))
