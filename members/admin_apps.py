"""Wagtail's app of users, with our own pages."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleAdminConfig(WagtailUsersAppConfig):
    """In place of ``wagtail.users``."""

    user_viewset = "members.people_admin.PeopleViewSet"
