"""Who is in an organization, who asked to be, who was invited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from expertise.organizations import services
from expertise.organizations.enums import SeatRole, SeatState
from expertise.organizations.forms.team import InviteForm, SeatForm
from expertise.organizations.models import Seat
from expertise.organizations.views.access import allowed, organization_or_404, person_of
from maillage.core.permissions import can, is_editor, require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from expertise.organizations.models import Organization


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, slug: str) -> HttpResponse:
    """The team; owners invite from here."""
    organization = allowed(request, "see_team", slug)
    may_manage = can(request.user, "manage_team", organization)
    form = InviteForm(request.POST or None)
    if request.method == "POST":
        require(request.user, "manage_team", organization)
        if form.is_valid() and _invite(request, organization, form):
            return redirect("organizations:team", organization.slug)
    seats = organization.seats.exclude(state=SeatState.ENDED).select_related("user").order_by("created_at", "pk")
    by_state = {state: [seat for seat in seats if seat.state == state] for state in SeatState}
    context = {
        "organization": organization,
        "form": form,
        "may_manage": may_manage,
        "own_id": person_of(request).pk,
        "rows": [
            (
                seat,
                SeatForm(
                    prefix=f"seat{seat.pk}", initial={"role": seat.role, "receives_requests": seat.receives_requests}
                ),
            )
            for seat in by_state[SeatState.ACTIVE]
        ],
        "asked": by_state[SeatState.ASKED],
        "invited": by_state[SeatState.INVITED],
    }
    return render(request, "organizations/team.html", context)


@login_required
@require_POST
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A person's role, and whether requests reach them."""
    organization, seat = _seat(request, slug, pk)
    require(request.user, "decide", seat)
    form = SeatForm(request.POST, prefix=f"seat{seat.pk}")
    if form.is_valid():
        try:
            services.change_seat(
                seat=seat,
                role=SeatRole(form.cleaned_data["role"]),
                receives_requests=form.cleaned_data["receives_requests"],
                actor=request.user,
                now=timezone.now(),
            )
        except services.OrganizationError as error:
            messages.error(request, sentence_of(error))
        else:
            messages.success(request, _("C’est noté."))
    return redirect("organizations:team", organization.slug)


@login_required
@require_POST
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let a person in, or not; take an invitation back."""
    organization, seat = _seat(request, slug, pk)
    require(request.user, "decide", seat)
    service = services.accept_seat if request.POST.get("answer") == "yes" else services.refuse_seat
    try:
        service(seat=seat, actor=request.user, now=timezone.now())
    except services.OrganizationError as error:
        messages.error(request, sentence_of(error))
    return redirect("organizations:team", organization.slug)


@login_required
@require_POST
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """« Ne travaille plus ici »."""
    organization, seat = _seat(request, slug, pk)
    require(request.user, "end", seat)
    try:
        services.end_seat(seat=seat, actor=request.user, now=timezone.now(), is_forced=bool(is_editor(request.user)))
    except services.OrganizationError as error:
        messages.error(request, sentence_of(error))
        return redirect("organizations:team", organization.slug)
    if seat.user_id == person_of(request).pk:
        messages.success(request, _("Vous ne faites plus partie de cet organisme. Merci pour tout!"))
        return redirect("home:dashboard")
    messages.success(request, _("C’est noté. Ce que cette personne suivait revient à l’organisme."))
    return redirect("organizations:team", organization.slug)


def sentence_of(error: services.OrganizationError) -> str:
    """Why a change of the team was refused, in the reader's language."""
    sentences = {
        "last_owner": _(
            "Nommez d’abord une autre personne responsable\u00a0: sans elle, personne ne pourrait décider."
        ),
        "already_seated": _("Cette personne fait déjà partie de l’équipe."),
        "state": _("Entre-temps, quelqu’un d’autre l’a déjà fait."),
    }
    return sentences[error.code]


def _invite(request: HttpRequest, organization: Organization, form: InviteForm) -> bool:
    try:
        services.invite_seat(
            organization=organization,
            address=form.cleaned_data["address"],
            actor=person_of(request),
            now=timezone.now(),
            role=SeatRole(form.cleaned_data["role"]),
            receives_requests=form.cleaned_data["receives_requests"],
        )
    except services.AlreadySeatedError as error:
        form.add_error("address", sentence_of(error))
        return False
    except services.WrongStateError:
        form.add_error(None, _("Cet organisme n’est pas actif dans le réseau."))
        return False
    messages.success(request, _("L’invitation est partie."))
    return True


def _seat(request: HttpRequest, slug: str, pk: int) -> tuple[Organization, Seat]:
    organization = organization_or_404(request, slug)
    return organization, get_object_or_404(
        Seat.objects.select_related("organization", "user"), organization=organization, pk=pk
    )
