"""Writing a need, by anyone: the page, its repairs, and the draft that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from expertise.needs import selectors, services
from expertise.needs.forms.need import NeedForm, blank_values, values_of
from expertise.needs.views.access import draft_or_404, remember_draft
from expertise.needs.views.steps import complete_at_once, next_step
from expertise.organizations.models import Organization
from maillage.core.formats import local_date
from maillage.core.limits import allows, network_of
from members.services import request_code
from members.views.sign_in import ATTEMPT

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from expertise.needs.models import Need
    from expertise.skills.models import Skill

# A library or a community centre shares one network; nobody writes a need every two minutes for an hour.
DRAFTS_PER_NETWORK_AND_HOUR = 30
HOUR_S = 3600
LISTS = ("skills", "help_kinds", "languages")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """The form: empty, or with the words of the home page's box. Nothing is written, so no token is asked for."""
    text = request.POST.get("text") or request.POST.get("texte") or ""
    values = blank_values(request.user) | {"text": text, "organisme": request.GET.get("organisme", "")}
    if text.strip():
        values["skills"] = [skill.pk for skill in selectors.suggested_skills(text, values["lang"])]
    return _page(request, _form(request, values, selectors.offered_skills(text, values["lang"])))


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Write the draft; or, for « Proposer » and « Chercher », show the page again with more skills.

    A page shown again has this address: changing its language, or opening it anew, leads back to an empty form.
    """
    if request.method != "POST":
        return redirect("needs:write")
    return _save(request, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a draft up again, on whatever device."""
    need = draft_or_404(request, pk)
    if request.method == "POST":
        return _save(request, need)
    return _page(request, _form(request, values_of(need)), need)


def _save(request: HttpRequest, need: Need | None) -> HttpResponse:
    # A word left in the search box is a search that nobody pressed the button of.
    if request.POST.get("action") in {"suggest", "find"} or request.POST.get("skill_search", "").strip():
        return _page(request, _shown_again(request), need, is_fold_open=True)
    now = timezone.now()
    form = NeedForm(request.POST, actor=request.user, today=local_date(now))
    if not form.is_valid():
        return _page(request, form, need, is_fold_open=form.is_fold_open)
    if request.user.is_anonymous and not _has_room(request):
        form.add_error(
            None, _("Beaucoup de demandes viennent de votre connexion. Réessayez dans une heure, ou appelez-nous.")
        )
        return _page(request, form, need)
    suggested = form.new_suggestions()
    try:
        need = services.save_draft(
            facts=form.facts(_asked(request.POST.get("organisme", ""))),
            skills=[*form.chosen_skills, *suggested],
            suggested=suggested,
            form_key=form.cleaned_data["form_key"],
            actor=request.user,
            address=form.cleaned_data.get("email", ""),
            need=need,
            now=now,
        )
    except services.WrongStateError:
        messages.info(request, _("Cette demande est déjà publiée."))
        return redirect("needs:list")
    if request.user.is_authenticated:
        complete_at_once(need=need, actor=request.user, now=now)
        return redirect(next_step(need))
    return _send_code(request, need, form.cleaned_data["email"])


def _send_code(request: HttpRequest, need: Need, address: str) -> HttpResponse:
    """The draft waits for whoever proves this address; the code is on its way already."""
    remember_draft(request, need)
    next_path = reverse("needs:group", args=[need.pk])
    request_code(
        address=address,
        lang=(get_language() or "fr")[:2],
        network=network_of(request),
        next_path=next_path,
        now=timezone.now(),
    )
    request.session[ATTEMPT] = {"address": address, "next": next_path}
    return redirect("members:sign_in_code")


def _has_room(request: HttpRequest) -> bool:
    return allows(f"needs.draft:{network_of(request)}", limit=DRAFTS_PER_NETWORK_AND_HOUR, window_s=HOUR_S)


def _form(request: HttpRequest, values: dict[str, Any], found: list[Skill] | None = None) -> NeedForm:
    today = local_date(timezone.now())
    return NeedForm(initial=values, actor=request.user, today=today, found=found or [])


def _shown_again(request: HttpRequest) -> NeedForm:
    """What was typed, nothing checked, with the skills that its text suggests or that a search found."""
    values = _typed(request.POST)
    lang = str(values.get("lang") or "fr")
    ticked = [int(pk) for pk in values["skills"] if pk.isascii() and pk.isdigit()]
    if request.POST.get("action") == "suggest":
        text = str(values.get("text", ""))
        fresh = [skill.pk for skill in selectors.suggested_skills(text, lang)]
        return _form(request, values | {"skills": [*ticked, *fresh]}, selectors.offered_skills(text, lang))
    found = selectors.found_skills(str(values.get("skill_search", "")), lang, request.user)
    if not found:
        messages.info(request, _("Aucune compétence de ce nom. Votre texte suffit souvent\u00a0: nous le lisons."))
    return _form(request, values | {"skills": ticked, "skill_search": ""}, found)


def _typed(data: QueryDict) -> dict[str, Any]:
    return {name: data.getlist(name) if name in LISTS else data.get(name, "") for name in [*LISTS, *data]}


def _asked(slug: str) -> Organization | None:
    """The organization that is asked by its name, if it may be."""
    return Organization.objects.askable().filter(slug=slug).first() if slug else None


def _page(
    request: HttpRequest, form: NeedForm, need: Need | None = None, *, is_fold_open: bool = False
) -> HttpResponse:
    slug = str(form["organisme"].value() or "")
    asked = get_object_or_404(Organization.objects.askable(), slug=slug) if slug else None
    context = {"form": form, "need": need, "asked": asked, "is_fold_open": is_fold_open}
    return render(request, "needs/write.html", context)
