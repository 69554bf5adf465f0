"""A missing skill."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from expertise.skills.services import MAX_LABEL, LabelError, clean_label


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
