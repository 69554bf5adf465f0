"""What came of a call."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.core.forms import LongText


class CallForm(forms.Form):
    """A word for the next person who reads the need; its prefix is the call's id, since a page holds many."""

    note = forms.CharField(
        label=_("Ce qui a été convenu"), max_length=2000, required=False, widget=LongText({"rows": 2})
    )
