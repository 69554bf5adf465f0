"""« Services et savoir-faire »: tick, look for more, propose what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods

from expertise.organizations import services
from expertise.organizations.enums import HelpKind
from expertise.organizations.forms.skills import Row, SkillsForm, posted_form, present_form
from expertise.organizations.views.access import allowed, person_of
from expertise.skills.services import LabelError, propose_skill
from maillage.core import regions

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from expertise.organizations.models import Organization


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def skills(request: HttpRequest, slug: str) -> HttpResponse:
    """One form, three buttons: look, propose, save."""
    organization = allowed(request, "set_skills", slug)
    if request.method != "POST":
        return _page(request, organization, present_form(organization, request.user))
    form = posted_form(organization, request.user, request.POST)
    if "look" in request.POST:
        return _page(request, organization, form)
    if "propose" in request.POST:
        return _page(request, organization, _proposed(request, form))
    try:
        services.set_organization_skills(
            organization=organization, skills=form.ticked, actor=request.user, now=timezone.now(), terms=form.terms
        )
    except services.TooManyError:
        messages.error(request, _("C’est beaucoup\u00a0: gardez ce que vous faites vraiment, 200 au plus."))
        return _page(request, organization, form)
    except services.UnknownSkillError:
        messages.error(
            request, _("Une de ces compétences n’est pas encore acceptée. Retirez-la, ou proposez-la vous-même.")
        )
        return _page(request, organization, form)
    messages.success(request, _("La liste est à jour et confirmée aujourd’hui."))
    return redirect(organization)


def _proposed(request: HttpRequest, form: SkillsForm) -> SkillsForm:
    """The form with the proposed skill ticked; it works at once for this organization."""
    lang = "en" if (get_language() or "fr").startswith("en") else "fr"
    try:
        skill = propose_skill(label=form.words, lang=lang, actor=person_of(request), now=timezone.now())
    except LabelError:
        messages.error(request, _("Écrivez la compétence en quelques mots."))
        return form
    if skill.pk not in {row.skill.pk for row in form.rows}:
        form.rows.append(Row(skill, is_ticked=True, terms=services.SkillTerms(), is_new=True))
    form.words, form.found = "", []
    messages.success(request, _("La compétence est ajoutée à votre liste. L’équipe du réseau la relira."))
    return form


def _page(request: HttpRequest, organization: Organization, form: SkillsForm) -> HttpResponse:
    context = {
        "organization": organization,
        "skills": form,
        "help_kinds": HelpKind.choices,
        "regions": regions.choices(),
    }
    return render(request, "organizations/skills.html", context)
