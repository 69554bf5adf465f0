"""Personal data of this room, of the ground floor below it, and of the libraries that keep accounts."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Q
from wagtail.users.models import UserProfile

from maillage.core.models import (
    ActionToken,
    Attachment,
    AuditEntry,
    InformationPage,
    Network,
    Picture,
    PictureRendition,
    Report,
)
from members.models import Allowance, Consent, Preference, SignInCode, User
from members.personal_data import Erase, declare, declare_impersonal, rows

WHILE_ACCOUNT = "while the account exists"
SECRET = "a secret: of no use to the person, of use to a thief"  # noqa: S105  a reason, not a password


def erased_address(person: User) -> str:
    """An address that nobody can have (RFC 2606), one for each erased account."""
    return f"erased-{person.pk}@erased.invalid"


def declare_all() -> None:
    """Declare everything."""
    _people()
    _addresses()
    _ground_floor()
    _libraries()


def _people() -> None:
    rows(User, lambda person: Q(pk=person.pk))
    declare(
        User,
        "email",
        purpose="sign in, be written to",
        retention=WHILE_ACCOUNT,
        erase=Erase.REPLACE,
        replacement=erased_address,
    )
    declare(User, "name", purpose="be called by name; shown with consent only", retention=WHILE_ACCOUNT)
    declare(User, "telephone", purpose="given to the other side at an introduction", retention=WHILE_ACCOUNT)
    declare(
        User,
        "lang",
        purpose="language of pages and mails",
        mask=False,
        retention=WHILE_ACCOUNT,
        erase=Erase.KEEP,
        because="says nothing once the address is gone",
    )
    declare(
        User, "password", purpose="sign-in of people with rights", retention=WHILE_ACCOUNT, export=False, because=SECRET
    )


def _addresses() -> None:
    rows(Consent, lambda person: Q(address=person.email))
    declare(
        Consent,
        "address",
        purpose="prove what was agreed to",
        retention="as long as the consent may have to be proved",
        erase=Erase.KEEP,
        because="the proof of a consent and of its withdrawal is kept for whoever asks (Law 25)",
    )
    declare_impersonal(Consent, "kind", "source")
    rows(Preference, lambda person: Q(address=person.email))
    declare(Preference, "address", purpose="write as the address wishes", retention=WHILE_ACCOUNT, erase=Erase.ROW)
    declare_impersonal(Preference, "rhythm", "lang", "stopped_kinds")
    rows(SignInCode, lambda person: Q(address=person.email))
    declare(SignInCode, "address", purpose="sign in by a code", retention="a day after the code ends", erase=Erase.ROW)
    declare_impersonal(SignInCode, "nonce", "next_path", because="random, or an address of this site")
    declare_impersonal(Allowance, "key", because="a keyed hash that names nobody")


def _ground_floor() -> None:
    rows(ActionToken, lambda person: Q(address=person.email))
    declare(
        ActionToken,
        "address",
        purpose="bind a mailed link to its recipient",
        retention="until the link expires",
        export=False,
        erase=Erase.ROW,
        because="says no more than the mail that carried the link",
    )
    declare_impersonal(ActionToken, "token_hash", "purpose", "object_type", "data", because="codes, ids and a hash")
    rows(AuditEntry, lambda person: Q(actor=person))
    for name in ("verb", "at"):
        declare(
            AuditEntry,
            name,
            purpose="know later what happened, and who did it",
            retention="ten years",
            mask=False,
            erase=Erase.KEEP,
            because="others rely on what happened; codes and ids only, and the actor has no name any more",
        )
    declare_impersonal(AuditEntry, "object_type", "data", because="codes and ids")
    rows(Report, lambda person: Q(author=person))
    declare(
        Report,
        "word",
        purpose="say what is wrong with a page",
        retention="while the page exists",
        erase=Erase.KEEP,
        because="others are protected by it; it no longer names its author",
    )
    declare_impersonal(Report, "object_type", "reason", "state")
    for name in ("privacy_officer_name", "privacy_officer_email"):
        declare(
            Network,
            name,
            purpose="named by law to everyone (Law 25)",
            retention="while in office",
            erase=Erase.KEEP,
            because="the network must name someone; changed in its settings",
        )
    declare_impersonal(
        Network, "name", "tagline_fr", "tagline_en", "postal_address", "telephone", "email", because="the network's own"
    )
    declare_impersonal(Picture, "title", "description", "file_hash", because="about the picture")
    declare_impersonal(PictureRendition, "filter_spec", "focal_point_key", because="about the picture")
    declare_impersonal(Attachment, "title", "file_hash", because="about the file")
    declare_impersonal(InformationPage, "body", "body_html", because="the network's own pages")


def _libraries() -> None:
    rows(Authenticator, lambda person: Q(user=person))
    declare(
        Authenticator,
        "data",
        purpose="second factor of people with rights",
        retention=WHILE_ACCOUNT,
        export=False,
        erase=Erase.ROW,
        because=SECRET,
    )
    declare_impersonal(Authenticator, "type")
    rows(EmailAddress, lambda person: Q(user=person))
    declare(EmailAddress, "email", purpose="kept by allauth, unused", retention=WHILE_ACCOUNT, erase=Erase.ROW)
    rows(UserProfile, lambda person: Q(user=person))
    declare(
        UserProfile,
        "avatar",
        purpose="picture in the admin",
        retention=WHILE_ACCOUNT,
        export=False,
        erase=Erase.ROW,
        because="uploaded by the person in the admin, where they find it",
    )
