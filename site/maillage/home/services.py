"""Day one: an empty network that works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from expertise.organizations.models import RegionalContact
from maillage.core.audit import record
from maillage.core.models import Network
from maillage.core.permissions import EDITORS_GROUP
from maillage.home import first_pages
from members.models import User

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


class NetworkStartedError(Exception):
    """The network was already started; its facts are now changed by its editors."""


@dataclass(frozen=True, slots=True)
class Person:
    """A human of the network."""

    name: str
    email: str
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """What ``start_network`` asks. ``contact`` is the network’s own: no need ends without a named human."""

    name: str
    postal_address: str
    telephone: str
    email: str
    privacy_officer: Person
    contact: Person
    editor: Person


def start_network(
    *, facts: NetworkFacts, editor_password: str, now: datetime, pages: Path = first_pages.FOLDER
) -> Network:
    """Write down who runs the network, its contact, its first editor and its plain pages.

    Raises:
        NetworkStartedError: there is already a network.
        ValidationError: the editor’s password is too weak.
    """
    validate_password(editor_password, User(email=facts.editor.email, name=facts.editor.name))
    texts = list(first_pages.read(pages))
    with transaction.atomic():
        if Network.objects.exists():
            raise NetworkStartedError
        network = Network.objects.create(
            name=facts.name,
            postal_address=facts.postal_address,
            telephone=facts.telephone,
            email=facts.email,
            privacy_officer_name=facts.privacy_officer.name,
            privacy_officer_email=facts.privacy_officer.email,
        )
        make_editor(person=facts.editor, password=editor_password)
        RegionalContact.objects.create(
            user=account_of(facts.contact), region=None, telephone=facts.contact.telephone or facts.telephone
        )
        Site.objects.update(site_name=facts.name)
        first_pages.publish(iter(texts), network)
        record(verb="network.started", subject=network, now=now)
    return network


def account_of(person: Person) -> User:
    """The person’s account, made when they have none."""
    found = User.objects.filter(email__iexact=person.email).first()
    return found or User.objects.create_user(person.email, name=person.name, telephone=person.telephone)


def make_editor(*, person: Person, password: str) -> User:
    """An account of the editors’ group, which opens the admin (second factor asked at its first sign-in)."""
    user = account_of(person)
    user.is_staff = True
    user.set_password(password)
    user.save(update_fields=["is_staff", "password"])
    user.groups.add(editors_group())
    return user


def editors_group() -> Group:
    """The editors’ group, with what it may do in the admin."""
    group, is_new = Group.objects.get_or_create(name=EDITORS_GROUP)
    if is_new:
        group.permissions.add(*Permission.objects.filter(codename="access_admin"))
        group.permissions.add(
            *Permission.objects.filter(
                content_type__app_label__in=("core", "skills", "organizations", "wiki"),
                content_type__model__in=(
                    "picture",
                    "attachment",
                    "network",
                    "skill",
                    "organization",
                    "regionalcontact",
                    "informationpage",
                    "guidepage",
                ),
            )
        )
        _give_pages(group)
    return group


def _give_pages(group: Group) -> None:
    """Editors add, change and publish every page, and choose among all pictures and files."""
    root = Page.objects.get(depth=1)
    pages = Permission.objects.filter(
        content_type__app_label="wagtailcore",
        codename__in=("add_page", "change_page", "publish_page", "unlock_page", "lock_page"),
    )
    for permission in pages:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    files = Permission.objects.filter(
        content_type__app_label="core",
        codename__in=[f"{verb}_{name}" for verb in ("add", "change", "choose") for name in ("picture", "attachment")],
    )
    collection = Collection.get_first_root_node()
    for permission in files:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
