"""« Consulter d’autres organismes »: a contact or an editor does not wait for the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from expertise.needs.models import Need
from expertise.pairings import services
from maillage.core.permissions import require
from maillage.core.returning import back_to

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import User


@login_required
@require_POST
def search_further(request: HttpRequest, need_pk: int) -> HttpResponse:
    """The next organizations are asked now."""
    need = get_object_or_404(Need.objects.visible_to(request.user), pk=need_pk)
    require(request.user, "add_helper", need)
    wave = services.search_further(need_id=need.pk, actor=cast("User", request.user), now=timezone.now())
    if wave is None:
        messages.info(request, _("Personne d’autre n’est consulté pour le moment. La demande dit où l’on en est."))
    else:
        count = wave.pairings.count()
        sentence = ngettext("%(count)s organisme est consulté.", "%(count)s organismes sont consultés.", count)
        messages.success(request, sentence % {"count": count})
    return redirect(back_to(request, need.get_absolute_url()))
