"""A missing skill, and one that says the same as another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from expertise.skills.folded import folded
from expertise.skills.models import Skill
from expertise.skills.services import MAX_LABEL, LabelError, clean_label

if TYPE_CHECKING:
    from collections.abc import Iterable


class ProposeForm(forms.Form):
    """Its name, as one would say it."""

    label = forms.CharField(
        label=_("Nom de la compétence"),
        help_text=_("Comme vous le diriez au téléphone\u00a0: «\u00a0numériser des archives\u00a0»."),
        max_length=MAX_LABEL,
    )

    def clean_label(self) -> str:
        """The name as services keep it.

        Raises:
            ValidationError: it holds no words.
        """
        try:
            return clean_label(str(self.cleaned_data["label"]))
        except LabelError as error:
            raise ValidationError(_("Écrivez la compétence en quelques mots.")) from error


class MergeForm(forms.Form):
    """The skill that will stand for both, by its name or the address of its page."""

    into = forms.CharField(
        label=_("La réunir à"),
        help_text=_("Le nom d’une compétence acceptée, un de ses autres noms, ou l’adresse de sa page."),
        max_length=400,
    )

    def __init__(self, *args: Any, skill: Skill | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.skill = skill

    def clean_into(self) -> Skill:
        """One active skill that is not the one to be merged.

        Raises:
            ValidationError: none has this name, or several do.
        """
        typed = str(self.cleaned_data["into"]).split("?")[0].rstrip("/").strip()
        others = Skill.objects.active().exclude(pk=self.skill.pk if self.skill else None)
        by_slug = others.filter(slug=typed.rpartition("/")[2]).first()
        if by_slug is not None:
            return by_slug
        named = list(others.filter(forms__folded=folded(typed)).distinct().order_by("name", "pk")[:5])
        if len(named) == 1:
            return named[0]
        raise ValidationError(_choose(named) if named else _("Aucune compétence acceptée ne porte ce nom."))


def _choose(skills: Iterable[Skill]) -> str:
    slugs = ", ".join(skill.slug for skill in skills)
    return str(_("Plusieurs portent ce nom. Précisez l’adresse\u00a0: %(slugs)s.") % {"slugs": slugs})
