"""Writing a need: the shortest way (text, when, telephone), and « Préciser » with all the rest, already filled in."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy as _

from expertise.needs import selectors
from expertise.needs.enums import Audience, Mode, When
from expertise.needs.forms.fields import IdsField, RegionField, capitalized
from expertise.needs.services import DraftFacts
from expertise.organizations.enums import HelpKind
from maillage.core.enums import Language
from maillage.core.forms import CheckboxCards, DayInput, LineField, LongText, RadioCards, TelephoneField

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.utils.functional import Promise

    from expertise.needs.models import Need
    from expertise.organizations.models import Organization
    from expertise.skills.models import Skill
    from maillage.core.permissions import Actor

MAX_AHEAD_DAYS = 730
AUDIENCE_HINT: dict[str, str | Promise] = {
    Audience.MEMBERS: _("Les membres en ligne d’organismes vérifiés lisent votre texte et peuvent se proposer."),
    Audience.EVERYONE: _("Votre texte se lit aussi sans compte. Jamais vos coordonnées."),
    Audience.ASKED: _("Seuls les organismes que nous consultons pour vous, et votre personne-ressource."),
}
HELP_HINT: dict[str, str | Promise] = {
    HelpKind.VOLUNTEER: _("Sans frais."),
    HelpKind.SOLIDARITY: _("Un prix réduit, convenu d’avance."),
    HelpKind.MARKET: _("Le prix habituel de l’organisme."),
}
# What stands in the fold: an error there opens it.
FOLDED = (
    "skills", "skill_search", "needed_on", "region", "mode", "help_kinds", "languages", "lang", "audience", "places",
    "is_first_answer",
)  # fmt: skip


class NeedForm(forms.Form):
    """One need. Each hint says who will see what is written there."""

    text = forms.CharField(
        label=_("De quoi avez-vous besoin?"),
        help_text=_(
            "Dites-le dans vos mots. Lu par les organismes consultés et, sauf avis contraire, par les membres."
        ),
        max_length=settings.NEED_TEXT_MAX_CHARACTERS,
        widget=LongText({"rows": 7}),
        error_messages={"required": _("Écrivez ce dont vous avez besoin; une phrase suffit.")},
    )
    when = forms.ChoiceField(
        label=_("Pour quand?"), choices=capitalized(When), widget=forms.RadioSelect,
        help_text=_("Vu avec la demande. Aujourd’hui, demain\u00a0: une personne-ressource est prévenue aussitôt."),
        error_messages={"invalid_choice": _("Choisissez l’une des réponses.")},
    )  # fmt: skip
    telephone = TelephoneField(
        label=_("Votre téléphone"),
        help_text=_("Vu par votre personne-ressource et par les organismes que vous choisirez. Personne d’autre."),
        error_messages={"required": _("Écrivez le numéro où l’on peut vous joindre.")},
    )
    email = forms.EmailField(
        label=_("Votre courriel"),
        help_text=_("Pour recevoir votre code et les offres. Vu par les organismes que vous choisirez."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": _("Écrivez votre adresse de courriel."),
            "invalid": _("Écrivez une adresse complète, par exemple prenom@organisme.ca."),
        },
    )
    skills = forms.TypedMultipleChoiceField(
        label=_("Compétences utiles"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Proposées d’après votre texte; décochez ce qui ne va pas. Vues par tout le monde."),
        error_messages={"invalid_choice": _("L’une des compétences choisies n’existe plus. Gardez les autres.")},
    )  # fmt: skip
    skill_search = LineField(label=_("Ajouter une compétence"), required=False, max_length=120)
    needed_on = forms.DateField(
        label=_("Date exacte"), required=False, widget=DayInput, help_text=_("Si vous avez une échéance précise."),
        error_messages={"invalid": _("Écrivez la date comme ceci\u00a0: 2026-12-01.")},
    )  # fmt: skip
    region = RegionField(required=False, help_text=_("Vue par tout le monde. Nous cherchons d’abord près de vous."))
    mode = forms.ChoiceField(label=_("Sur place ou à distance?"), choices=capitalized(Mode), widget=forms.RadioSelect)
    help_kinds = forms.MultipleChoiceField(
        label=_("Quelle sorte d’aide vous convient?"), choices=capitalized(HelpKind), required=False,
        widget=CheckboxCards(descriptions=HELP_HINT),
        help_text=_("Rien de coché\u00a0: peu importe. Vu par les organismes consultés."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Dans quelles langues?"),
        choices=capitalized(Language),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    lang = forms.ChoiceField(label=_("Votre texte est écrit en"), choices=capitalized(Language))
    audience = forms.ChoiceField(
        label=_("Qui peut lire votre demande?"),
        choices=capitalized(Audience),
        widget=RadioCards(descriptions=AUDIENCE_HINT),
    )
    places = forms.TypedChoiceField(
        label=_("Combien d’organismes cherchez-vous?"), coerce=int,
        choices=[(n, n) for n in range(1, settings.MAX_PLACES + 1)],
    )  # fmt: skip
    is_first_answer = forms.BooleanField(
        label=_("Mettez-nous en contact dès la première réponse"), required=False,
        help_text=_("Sans choisir\u00a0: votre nom et votre téléphone passent au premier organisme qui offre."),
    )  # fmt: skip
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    shown_skills = IdsField()
    organisme = forms.CharField(widget=forms.HiddenInput, required=False, max_length=255)

    def __init__(self, *args: Any, actor: Actor, today: date, found: Iterable[Skill] = (), **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.actor, self.today = actor, today
        if actor.is_authenticated:
            del self.fields["email"]
        self._offer_skills(found)

    def _offer_skills(self, found: Iterable[Skill]) -> None:
        """The choices are what was shown, what is ticked and what a search found; shown again in the same order."""
        raw = self.data if self.is_bound else self.initial
        ids = [*_ids(raw, "shown_skills"), *_ids(raw, "skills")]
        self.offered = {skill.pk: skill for skill in selectors.skills_of_ids(ids, self.actor)}
        self.offered |= {skill.pk: skill for skill in found}
        self.fields["skills"].choices = [(pk, skill.label) for pk, skill in self.offered.items()]  # type: ignore[attr-defined]

    @property
    def shown_value(self) -> str:
        """Ids on the page, for its hidden field."""
        return ",".join(str(pk) for pk in self.offered)

    @property
    def is_fold_open(self) -> bool:
        """Something inside « Préciser » needs attention."""
        return any(name in self.errors for name in FOLDED)

    def clean_needed_on(self) -> date | None:
        """Refuse the past and the far future.

        Raises:
            ValidationError: the date is neither.
        """
        day: date | None = self.cleaned_data["needed_on"]
        if day is not None and not 0 <= (day - self.today).days <= MAX_AHEAD_DAYS:
            raise ValidationError(_("Choisissez une date à venir, d’ici deux ans."), code="range")
        return day

    @cached_property
    def chosen_skills(self) -> list[Skill]:
        """Skills that were ticked."""
        return [self.offered[pk] for pk in self.cleaned_data["skills"]]

    def new_suggestions(self) -> list[Skill]:
        """What the text suggests and the page had not shown: the shortest way never opens the fold."""
        data = self.cleaned_data
        found = selectors.suggested_skills(data["text"], data["lang"])
        return [skill for skill in found if skill.pk not in data["shown_skills"]]

    def facts(self, asked: Organization | None) -> DraftFacts:
        """What was written, for the service."""
        data = self.cleaned_data
        return DraftFacts(
            text=data["text"],
            lang=data["lang"],
            when=data["when"],
            needed_on=data["needed_on"],
            telephone=data["telephone"],
            region=data["region"],
            mode=data["mode"],
            help_kinds=tuple(data["help_kinds"]),
            languages=tuple(data["languages"]),
            audience=data["audience"],
            places=data["places"],
            is_first_answer=data["is_first_answer"],
            asked_organization=asked,
        )


def blank_values(actor: Actor) -> dict[str, Any]:
    """What a new form holds before anything is typed."""
    lang = (get_language() or "fr")[:2]
    return {
        "when": When.WEEK,
        "telephone": getattr(actor, "telephone", ""),
        "mode": Mode.EITHER,
        "help_kinds": [HelpKind.VOLUNTEER, HelpKind.SOLIDARITY],
        "languages": [lang],
        "lang": lang,
        "audience": Audience.MEMBERS,
        "places": 1,
        "form_key": uuid.uuid4().hex,
    }


def values_of(need: Need) -> dict[str, Any]:
    """A draft as its form shows it."""
    names = (
        "text", "when", "telephone", "needed_on", "mode", "help_kinds", "languages", "lang", "audience", "places",
        "is_first_answer", "form_key",
    )  # fmt: skip
    skills = list(need.need_skills.order_by("pk").values_list("tag_id", flat=True))
    return {
        **{name: getattr(need, name) for name in names},
        "email": need.draft_address,
        "region": need.region or "",
        "skills": skills,
        "organisme": need.asked_organization.slug if need.asked_organization is not None else "",
    }


def _ids(raw: Mapping[str, Any], name: str) -> list[int]:
    if name == "shown_skills":
        return IdsField().clean(raw.get(name, ""))
    values = raw.getlist(name) if hasattr(raw, "getlist") else raw.get(name, [])
    return IdsField().clean(",".join(str(value) for value in values))
