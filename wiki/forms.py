"""Writing a guide, and an editor's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy as _

from expertise.needs.forms.fields import IdsField
from expertise.organizations.models import Organization
from expertise.skills.models import Skill
from maillage.core.enums import Language
from maillage.core.forms import LineField, LongText, RadioCards
from maillage.core.markdown import MAX_CHARACTERS
from wiki import pictures
from wiki.enums import GuideKind
from wiki.services import GuideFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.core.permissions import Actor
    from wiki.models import GuidePage

MAX_MINUTES = 10_000
PICTURE_ERRORS = {
    "big": _("L’image pèse plus de 8 Mo. Choisissez-en une plus légère."),
    "kind": _("Ce fichier n’est pas une image JPEG, PNG ou WebP."),
    "pixels": _("L’image a trop de pixels. Réduisez-la avant de l’envoyer."),
    "broken": _("L’image est abîmée ou incomplète."),
}


class GuideForm(forms.Form):
    """One guide. ``started_from`` is the revision that the text was read from."""

    title = LineField(label=_("Titre"), max_length=160)
    kind = forms.ChoiceField(label=_("Genre"), choices=GuideKind.choices, widget=RadioCards)
    helps_to = LineField(
        label=_("Ce que ce texte aide à faire"),
        help_text=_("Une phrase, celle qui se lit dans les listes."),
        max_length=255,
    )
    for_whom = LineField(label=_("Pour qui"), max_length=255, required=False)
    minutes = forms.IntegerField(
        label=_("Temps nécessaire, en minutes"), required=False, min_value=1, max_value=MAX_MINUTES
    )
    body = forms.CharField(
        label=_("Texte"),
        help_text=_("En Markdown : ## titre, 1. étape, - liste, **gras**, [mot](https://…). « Aperçu » le montre."),
        max_length=MAX_CHARACTERS,
        strip=False,
        widget=LongText({"rows": 22, "spellcheck": "true"}),
        error_messages={"required": _("Écrivez le texte.")},
    )
    skills = forms.ModelMultipleChoiceField(
        label=_("Compétences"), queryset=Skill.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    skill_search = LineField(label=_("Ajouter une compétence"), required=False, max_length=120)
    organization = forms.ModelChoiceField(
        label=_("Au nom de"), queryset=Organization.objects.none(), required=False, empty_label=_("moi seulement")
    )
    lang = forms.ChoiceField(label=_("Langue du texte"), choices=Language.choices)
    picture = forms.FileField(
        label=_("Image"),
        required=False,
        help_text=_("JPEG, PNG ou WebP, 8 Mo au plus. Le lieu de la prise de vue est effacé."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
    )
    picture_alt = LineField(
        label=_("Description de l’image"),
        help_text=_("Pour qui ne la voit pas."),
        max_length=255,
        required=False,
    )
    is_picture_removed = forms.BooleanField(label=_("Retirer l’image"), required=False)
    started_from = forms.IntegerField(widget=forms.HiddenInput, required=False)
    shown_skills = IdsField()

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own arguments
        actor: Actor,
        guide: GuidePage | None = None,
        found: Iterable[Skill] = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.guide = guide
        self._offer_skills(actor, found)
        self.fields["organization"].queryset = Organization.objects.of(actor).distinct()  # type: ignore[attr-defined]
        if guide is not None:
            del self.fields["lang"]
        if guide is None or guide.picture_id is None:
            del self.fields["is_picture_removed"]

    def _offer_skills(self, actor: Actor, found: Iterable[Skill]) -> None:
        """Those shown, those ticked and those that a search found."""
        raw = self.data if self.is_bound else self.initial
        ticked = raw.getlist("skills") if hasattr(raw, "getlist") else raw.get("skills", [])
        ids = IdsField().clean(",".join([str(raw.get("shown_skills", "")), *map(str, ticked)]))
        ids += [skill.pk for skill in found]
        offered = Skill.objects.visible_to(actor).filter(pk__in=ids)
        self.fields["skills"].queryset = offered  # type: ignore[attr-defined]
        self.shown_value = ",".join(str(skill.pk) for skill in offered)

    def clean_picture(self) -> pictures.CleanPicture | None:
        """The picture, freed of its metadata.

        Raises:
            ValidationError: it is not one that we take.
        """
        upload = self.cleaned_data["picture"]
        if not upload:
            return None
        try:
            return pictures.clean(upload)
        except pictures.PictureError as error:
            raise ValidationError(PICTURE_ERRORS[error.code], code=error.code) from error

    def clean(self) -> dict[str, Any]:
        """A picture needs a description."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("picture") and not data.get("picture_alt"):
            self.add_error("picture_alt", _("Décrivez l’image en quelques mots."))
        return data

    def facts(self) -> GuideFacts:
        """What was written, for the service."""
        data = self.cleaned_data
        lang = self.guide.locale.language_code if self.guide is not None else data["lang"]
        return GuideFacts(
            title=data["title"],
            kind=data["kind"],
            helps_to=data["helps_to"],
            body=data["body"].replace("\r\n", "\n"),
            lang=lang,
            for_whom=data["for_whom"],
            minutes=data["minutes"],
            skills=list(data["skills"]),
            organization=data["organization"],
            picture=data["picture"],
            picture_alt=data["picture_alt"],
            is_picture_removed=data.get("is_picture_removed", False),
        )


class AnswerForm(forms.Form):
    """An editor's answer to an author; a reason is due unless it is a yes."""

    word = forms.CharField(
        label=_("Un mot pour l’auteur ou l’autrice"),
        help_text=_("Nécessaire pour demander des retouches ou refuser."),
        max_length=2000,
        required=False,
        widget=LongText,
    )


def blank_values() -> dict[str, Any]:
    """What a new guide holds before anything is written."""
    return {"kind": GuideKind.GUIDE, "lang": (get_language() or "fr")[:2]}


def values_of(guide: GuidePage) -> dict[str, Any]:
    """The latest revision as its form shows it."""
    draft: GuidePage = guide.get_latest_revision_as_object()
    names = ("title", "kind", "helps_to", "for_whom", "minutes", "body", "picture_alt")
    return {
        **{name: getattr(draft, name) for name in names},
        "organization": draft.organization_id,
        "skills": [skill.pk for skill in draft.skills.all()],
        "started_from": guide.latest_revision_id,
    }
