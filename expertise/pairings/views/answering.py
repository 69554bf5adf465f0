"""An organization answers, from its mail's link or signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from expertise.needs.enums import Part
from expertise.needs.facts import facts_of
from expertise.pairings import reasons, selectors, services, wording
from expertise.pairings.enums import PairingState
from expertise.pairings.forms.answers import AnswerForm, DeclineForm, OfferForm, ReferForm
from expertise.pairings.models import Pairing
from expertise.pairings.views.links import opened_by, refused
from maillage.core.formats import local_date
from maillage.core.permissions import require
from members.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.core.models import ActionToken

RELATED = ("need", "need__organization", "need__contact__user", "organization")
ACTIONS = ("offer", "decline", "refer")
CONFLICT, INVALID = 409, 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@opened_by("answer")
def answer(request: HttpRequest, token: ActionToken) -> HttpResponse:
    """Behind the link of a proposal: the need, the reasons, three answers."""
    pairing = Pairing.objects.select_related(*RELATED).filter(pk=token.object_id).first()
    if pairing is None:
        return refused(request, "unknown")
    return _answer(request, pairing, actor=None, address=token.address)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_member(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for a signed-in member of the organization."""
    pairing = Pairing.objects.visible_to(request.user).select_related(*RELATED).filter(pk=pk).first()
    if pairing is None:
        raise Http404(str(pk))
    require(request.user, "answer", pairing)
    if not isinstance(request.user, User):
        raise Http404(str(pk))
    return _answer(request, pairing, actor=request.user, address=request.user.email)


def _answer(request: HttpRequest, pairing: Pairing, *, actor: User | None, address: str) -> HttpResponse:
    action = request.POST.get("action", "")
    if request.method != "POST" or action not in ACTIONS or pairing.state != PairingState.PROPOSED:
        return _page(request, pairing, _blank(pairing, actor), status=200)
    forms = _blank(pairing, actor) | {action: _bound(action, request, pairing)}
    form = forms[action]
    if not form.is_valid() or (action == "refer" and _asks_which(form, pairing, request)):
        forms = forms | {action: _bound(action, request, pairing)} if action == "refer" else forms
        forms[action].is_valid()
        return _page(request, pairing, forms, status=INVALID, opened=action)
    try:
        _act(action, form, pairing, actor, address)
    except services.AlreadyAnsweredError:
        pairing.refresh_from_db()
        return _page(request, pairing, forms, status=CONFLICT)
    except services.PairingError as error:
        pairing.refresh_from_db()
        messages.error(request, _refusal(error))
        return _page(request, pairing, forms, status=CONFLICT)
    pairing.refresh_from_db()
    return render(request, "pairings/answered.html", _context(pairing) | {"action": action})


def _act(action: str, form: AnswerForm, pairing: Pairing, actor: User | None, address: str) -> None:
    now, facts = timezone.now(), form.answer(address)
    if isinstance(form, OfferForm):
        services.offer(pairing=pairing, facts=form.facts(), answer=facts, actor=actor, now=now)
    elif isinstance(form, ReferForm):
        named = form.cleaned_data.get("organization")
        services.refer(pairing=pairing, organization=named, word=form.words(), answer=facts, actor=actor, now=now)
    else:
        services.decline(pairing=pairing, reason=form.cleaned_data["reason"], answer=facts, actor=actor, now=now)


def _asks_which(form: AnswerForm, pairing: Pairing, request: HttpRequest) -> bool:
    """« Est-ce l’un de ceux-ci? » is asked once, when the network knows organizations of that name."""
    found = selectors.organizations_like(form.cleaned_data["someone"], pairing.need)
    return bool(found) and "organization" not in request.POST


def _bound(action: str, request: HttpRequest, pairing: Pairing) -> AnswerForm:
    if action == "offer":
        return OfferForm(request.POST, prefix="", today=local_date(timezone.now()))
    if action == "decline":
        return DeclineForm(request.POST)
    found = selectors.organizations_like(request.POST.get("someone", ""), pairing.need)
    return ReferForm(request.POST, found=found)


def _blank(pairing: Pairing, actor: User | None) -> dict[str, AnswerForm]:
    known = {"name": actor.name, "telephone": actor.telephone} if actor is not None else {}
    kinds = pairing.organization.help_kinds
    offered = known | ({"help_kind": kinds[0]} if len(kinds) == 1 else {})
    return {
        "offer": OfferForm(initial=offered, today=local_date(timezone.now())),
        "decline": DeclineForm(initial=known, auto_id="decline_%s"),
        "refer": ReferForm(initial=known, auto_id="refer_%s"),
    }


def _context(pairing: Pairing) -> dict[str, Any]:
    now = timezone.now()
    return {
        "pairing": pairing,
        "need": pairing.need,
        "facts": facts_of(pairing.need, Part.ASKED),
        "reasons": reasons.sentences(pairing.reasons),
        "earlier": wording.earlier_answer(pairing, now),
        "terms": wording.terms(pairing),
        "is_open": pairing.state == PairingState.PROPOSED,
    }


def _page(
    request: HttpRequest, pairing: Pairing, forms: dict[str, AnswerForm], *, status: int, opened: str = ""
) -> HttpResponse:
    context = _context(pairing) | {"forms": forms, "opens": {opened: True}, "form": forms.get(opened)}
    return render(request, "pairings/answer.html", context, status=status)


def _refusal(error: services.PairingError) -> str:
    sentences = {
        "places_taken": _("Le groupe a trouvé entre-temps. Merci d’avoir répondu."),
        "need_closed": _("Cette demande est fermée. Merci d’avoir répondu."),
        "organization_full": _("Votre organisme aide déjà autant de groupes qu’il l’a dit. Changez ce nombre d’abord."),
        "wrong_state": _("Cette demande n’attend plus votre réponse."),
    }
    return sentences.get(error.code, _("Cette réponse n’est plus possible."))
