"""Codes: the same one twice, twenty minutes, five tries, and what an account with rights gets instead."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail

from members import services
from members.enums import ConsentKind
from members.models import Consent, SignInCode, User
from tests.factories import UserFactory
from tests.members.conftest import code_in

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db
ADDRESS = "camille@example.org"
HERE = "203.0.113.0/24"


def ask(now: datetime, address: str = ADDRESS, **facts: str) -> None:
    services.request_code(
        address=address,
        **{"lang": "fr", "network": HERE, "next_path": "", **facts},  # type: ignore[arg-type]
        now=now,
    )


def prove(now: datetime, typed: str, address: str = ADDRESS) -> tuple[User, str]:
    return services.prove_code(address=address, typed=typed, lang="fr", network=HERE, now=now)


def test_proved_code_makes_the_account_with_its_consent(now: datetime) -> None:
    ask(now)
    assert not User.objects.exists()
    user, _ = prove(now, code_in(mail.outbox[0]))
    assert (user.email, user.lang, user.has_usable_password()) == (ADDRESS, "fr", False)
    assert Consent.objects.given(address=ADDRESS, kind=ConsentKind.TERMS).exists()


def test_address_is_the_same_in_any_case(now: datetime) -> None:
    user = UserFactory(email=ADDRESS)
    ask(now, "Camille@Example.ORG")
    assert prove(now, code_in(mail.outbox[0]), "CAMILLE@example.org")[0] == user


def test_second_request_sends_the_same_code_and_starts_the_minutes_again(now: datetime) -> None:
    ask(now)
    ask(now + timedelta(minutes=15))
    first, second = map(code_in, mail.outbox)
    assert first == second
    assert prove(now + timedelta(minutes=34), second)


def test_code_is_not_stored(now: datetime) -> None:
    ask(now)
    row = SignInCode.objects.get()
    digits = code_in(mail.outbox[0]).replace("\u00a0", "")
    assert digits not in str(vars(row).values())


def test_expired_code_is_refused_and_the_next_one_differs(now: datetime) -> None:
    ask(now)
    later = now + timedelta(minutes=20)
    with pytest.raises(services.CodeRefusedError) as refused:
        prove(later, code_in(mail.outbox[0]))
    assert refused.value.code == "expired"
    nonce = SignInCode.objects.get().nonce
    ask(later)
    assert SignInCode.objects.get().nonce != nonce


def test_code_opens_once(now: datetime) -> None:
    ask(now)
    code = code_in(mail.outbox[0])
    prove(now, code)
    with pytest.raises(services.CodeRefusedError) as refused:
        prove(now, code)
    assert refused.value.code == "expired"


def test_five_wrong_tries_end_the_code(now: datetime) -> None:
    ask(now)
    code = code_in(mail.outbox[0])
    wrong = "000000" if not code.startswith("000") else "111111"
    left = []
    for _ in range(5):
        with pytest.raises(services.CodeRefusedError) as refused:
            prove(now, wrong)
        left.append((refused.value.code, refused.value.tries_left))
    assert left == [("wrong", 4), ("wrong", 3), ("wrong", 2), ("wrong", 1), ("exhausted", 0)]
    with pytest.raises(services.CodeRefusedError):
        prove(now, code)


def test_asking_again_does_not_give_tries_back(now: datetime) -> None:
    ask(now)
    for _ in range(2):
        with pytest.raises(services.CodeRefusedError):
            prove(now, "x")
    ask(now)
    assert SignInCode.objects.get().tries == 2


def test_code_of_someone_else_does_not_open(now: datetime) -> None:
    ask(now)
    ask(now, "autre@example.org")
    with pytest.raises(services.CodeRefusedError):
        prove(now, code_in(mail.outbox[1]))


@pytest.mark.parametrize("typed", ["{} {}", "{}-{}", " {}{} ", "{}\u00a0{}", "{}.{}"])
def test_code_is_read_as_people_type_it(now: datetime, typed: str) -> None:
    ask(now)
    halves = code_in(mail.outbox[0]).split("\u00a0")
    assert prove(now, typed.format(*halves))


@pytest.mark.parametrize("trait", [{"administrator": True}, {"is_staff": True}, {"editor": True}])
def test_account_with_rights_gets_the_way_to_its_password_and_no_code(now: datetime, trait: dict[str, bool]) -> None:
    UserFactory(email=ADDRESS, **trait)
    ask(now)
    assert "mot de passe" in mail.outbox[0].subject
    assert "/mot-de-passe/connexion/" in str(mail.outbox[0].body)


def test_account_that_gained_rights_meanwhile_is_refused(now: datetime) -> None:
    user = UserFactory(email=ADDRESS)
    ask(now)
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    with pytest.raises(services.PasswordRequiredError):
        prove(now, code_in(mail.outbox[0]))


def test_closed_account_is_refused(now: datetime) -> None:
    UserFactory(email=ADDRESS, is_active=False)
    ask(now)
    with pytest.raises(services.AccountClosedError):
        prove(now, code_in(mail.outbox[0]))


def test_mails_to_one_address_are_limited_by_the_hour(now: datetime, settings: SettingsWrapper) -> None:
    for _ in range(settings.SIGN_IN_MAILS_PER_ADDRESS_AND_HOUR + 3):
        ask(now)
    assert len(mail.outbox) == settings.SIGN_IN_MAILS_PER_ADDRESS_AND_HOUR
    ask(now + timedelta(hours=1))
    assert len(mail.outbox) == settings.SIGN_IN_MAILS_PER_ADDRESS_AND_HOUR + 1


def test_mails_from_one_network_are_limited(now: datetime, settings: SettingsWrapper) -> None:
    settings.SIGN_IN_MAILS_PER_NETWORK_AND_HOUR = 3
    for number in range(5):
        ask(now, f"p{number}@example.org")
    assert len(mail.outbox) == 3
    ask(now, "ailleurs@example.org", network="198.51.100.0/24")
    assert len(mail.outbox) == 4


def test_limited_request_leaves_the_standing_code_good(now: datetime, settings: SettingsWrapper) -> None:
    settings.SIGN_IN_MAILS_PER_ADDRESS_AND_HOUR = 1
    ask(now)
    ask(now)
    assert prove(now, code_in(mail.outbox[0]))


def test_tries_from_one_network_are_limited(now: datetime, settings: SettingsWrapper) -> None:
    settings.SIGN_IN_TRIES_PER_NETWORK_AND_HOUR = 2
    ask(now)
    for _ in range(2):
        with pytest.raises(services.CodeRefusedError):
            prove(now, "000001", "inconnu@example.org")
    with pytest.raises(services.CodeRefusedError) as refused:
        prove(now, code_in(mail.outbox[0]))
    assert refused.value.code == "limited"


def test_mail_is_in_the_language_asked_and_says_its_kind(now: datetime) -> None:
    ask(now, lang="en")
    message = mail.outbox[0]
    assert "is your" in message.subject
    assert message.extra_headers["X-Maillage-Kind"] == "sign_in_code"
    assert "/en/" in str(message.body)


def test_mail_holds_no_link_that_signs_in(now: datetime) -> None:
    ask(now)
    code = code_in(mail.outbox[0])
    links = [word for word in str(mail.outbox[0].body).split() if word.startswith("http")]
    assert links
    assert all(code.replace("\u00a0", "") not in link for link in links)


def test_old_codes_are_forgotten(now: datetime) -> None:
    ask(now)
    services.forget_old_codes(now=now + timedelta(days=1))
    assert SignInCode.objects.exists()
    services.forget_old_codes(now=now + timedelta(days=2))
    assert not SignInCode.objects.exists()
