"""A list of organizations to import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MAX_BYTES: Final = 5 * 1024 * 1024


class ImportForm(forms.Form):
    """The list's name and its file."""

    source = forms.CharField(
        label=_("Nom de la liste"),
        help_text=_(
            "Reprenez le même nom pour la mettre à jour plus tard, par exemple «\u00a0CDC de la Mauricie\u00a0»."
        ),
        max_length=60,
    )
    file = forms.FileField(
        label=_("Fichier CSV ou XLSX"), widget=forms.ClearableFileInput({"accept": ".csv,.xlsx,text/csv"})
    )

    def clean_source(self) -> str:
        """One line."""
        return " ".join(str(self.cleaned_data["source"]).split())

    def clean_file(self) -> UploadedFile:
        """Five megabytes at most.

        Raises:
            ValidationError: it is bigger.
        """
        sent: UploadedFile = self.cleaned_data["file"]
        if (sent.size or 0) > MAX_BYTES:
            raise ValidationError(_("Ce fichier dépasse 5\u00a0Mo. Importez-le avec la commande import_organizations."))
        return sent
