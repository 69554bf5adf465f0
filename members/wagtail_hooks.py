"""What the admin may not do to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks

from members.models import User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse
    from wagtail.admin.views.bulk_action import BulkAction


@hooks.register("before_bulk_action")
def refuse_deleting_many(
    request: HttpRequest, action_type: str, objects: Iterable[object], action: BulkAction
) -> HttpResponse | None:
    """People are erased one by one, by the service that knows what others need."""
    if action_type != "delete" or User not in action.models:
        return None
    messages.error(request, _("Effacez les personnes une à une : ce qu’il faut régler d’abord est dit pour chacune."))
    return redirect("wagtailusers_users:index")
