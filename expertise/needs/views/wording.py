"""The sentences of what services refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, ngettext

from expertise.needs.services import TooManyOpenNeedsError

if TYPE_CHECKING:
    from expertise.needs.services import NeedError


def refusal_text(error: NeedError) -> str:
    """Why, and what to do instead."""
    if isinstance(error, TooManyOpenNeedsError):
        sentence = ngettext(
            "Votre organisme a déjà %(limit)s demande ouverte. Réglez-la d’abord; celle-ci est gardée.",
            "Votre organisme a déjà %(limit)s demandes ouvertes. Réglez-en une d’abord; celle-ci est gardée.",
            error.limit,
        )
        return sentence % {"limit": error.limit}
    texts = {
        "wrong_state": _("Quelqu’un l’a déjà fait, ou ce n’est plus possible. Voici où en est la demande."),
        "incomplete": _("Il manque un renseignement avant de publier."),
        "organization_cannot_ask": _("Cet organisme ne peut pas demander d’aide pour le moment. Appelez-nous."),
    }
    return texts[error.code]
