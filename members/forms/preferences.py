"""How one wants to be written to: three choices, the rest folded."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.core.enums import Language
from maillage.core.forms import DayInput, RadioCards
from members import mail_kinds
from members.enums import Rhythm

if TYPE_CHECKING:
    from datetime import date

    from django.http import QueryDict

    from members.models import Preference

LONGEST_PAUSE = timedelta(days=366)
DESCRIPTIONS = {
    Rhythm.AT_ONCE.value: _("Un courriel par demande d’aide, le jour même."),
    Rhythm.WEEKLY.value: _(
        "Un seul courriel, le mardi, avec tout ce qui attend. Les demandes pressées vont à d’autres."
    ),
    Rhythm.OWN_ONLY.value: _("Rien que les nouvelles de vos demandes, des offres et des mises en contact."),
}


class PreferenceForm(forms.Form):
    """The three choices; ``lang``, ``paused_on`` and ``still_stopped`` are folded.

    Args:
        data: what was posted, if anything.
        preference: what is in force.
        today: the reader's date; a pause ends later than that.
    """

    rhythm = forms.ChoiceField(
        label=_("Quand voulez-vous recevoir les demandes d’aide?"),
        choices=Rhythm.choices,
        widget=RadioCards(descriptions=DESCRIPTIONS),
    )
    lang = forms.ChoiceField(
        label=_("Langue des courriels"),
        choices=[("", _("Celle de mon compte ou de mon organisme")), *Language.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    paused_on = forms.DateField(
        label=_("Pause jusqu’au"),
        required=False,
        widget=DayInput,
        help_text=_("Les nouvelles de vos propres demandes arrivent quand même."),
        error_messages={"invalid": _("Écrivez une date, par exemple 2026-12-24.")},
    )
    still_stopped = forms.MultipleChoiceField(
        label=_("Courriels que vous avez arrêtés"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Décochez ceux que vous voulez recevoir de nouveau."),
    )

    def __init__(self, data: QueryDict | None, *, preference: Preference, today: date) -> None:
        until = preference.paused_until
        is_paused = until is not None and timezone.localdate(until) > today
        initial = {
            "rhythm": preference.rhythm,
            "lang": preference.lang,
            "paused_on": timezone.localdate(until) if is_paused else None,
            "still_stopped": preference.stopped_kinds,
        }
        super().__init__(data, initial=initial)
        self.today = today
        stopped = [(kind, mail_kinds.label_of(kind)) for kind in preference.stopped_kinds]
        if stopped:
            cast("forms.MultipleChoiceField", self.fields["still_stopped"]).choices = stopped
        else:
            del self.fields["still_stopped"]

    @property
    def is_unfolded(self) -> bool:
        """Whether something in the fold is in force or in error."""
        folded = ("lang", "paused_on", "still_stopped")
        return any(self.errors.get(name) or self.initial.get(name) for name in folded)

    def clean_paused_on(self) -> date | None:
        """Refuse a pause that is over, or that nobody would remember.

        Raises:
            ValidationError: not later than today, or later than in a year.
        """
        day: date | None = self.cleaned_data["paused_on"]
        if day is not None and day <= self.today:
            raise ValidationError(_("Choisissez un jour à venir."), code="past")
        if day is not None and day > self.today + LONGEST_PAUSE:
            raise ValidationError(_("Choisissez un jour d’ici un an."), code="far")
        return day

    @property
    def paused_until(self) -> datetime | None:
        """The first moment of the day when mail comes again."""
        day: date | None = self.cleaned_data["paused_on"]
        return timezone.make_aware(datetime.combine(day, time.min)) if day else None
