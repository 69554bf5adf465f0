"""``manage.py start_network``: day one of a network, asked at the prompt or given as options."""

from __future__ import annotations

import secrets
import sys
from getpass import getpass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from maillage.home.services import NetworkFacts, NetworkStartedError, Person, start_network

if TYPE_CHECKING:
    from argparse import ArgumentParser

QUESTIONS = {
    "name": "Nom du réseau / Network’s name",
    "postal_address": "Adresse postale / Postal address",
    "telephone": "Téléphone du réseau / Telephone",
    "email": "Courriel du réseau / E-mail",
    "privacy_name": "Responsable des renseignements personnels, nom / Privacy officer, name",
    "privacy_email": "… courriel / e-mail",
    "contact_name": "Personne-ressource par défaut, nom / Default contact, name",
    "contact_email": "… courriel / e-mail",
    "contact_telephone": "… téléphone / telephone",
    "editor_name": "Première personne éditrice, nom / First editor, name",
    "editor_email": "… courriel / e-mail",
}


class Command(BaseCommand):
    """Asks what is missing; without a terminal, a missing option is an error."""

    help = "Start an empty network that works."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option per question."""
        for name, question in QUESTIONS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", help=question)

    def handle(self, **options: str | None) -> None:
        """Ask, start, say what comes next."""
        answers = {name: options[name] or self._asked(name, question) for name, question in QUESTIONS.items()}
        for name in ("email", "privacy_email", "contact_email", "editor_email"):
            try:
                validate_email(answers[name])
            except ValidationError as error:
                raise CommandError(f"--{name.replace('_', '-')}: {' '.join(error.messages)}") from error
        password, is_made = self._password()
        try:
            start_network(facts=self._facts(answers), editor_password=password, now=timezone.now())
        except NetworkStartedError as error:
            raise CommandError("Ce réseau est déjà démarré. / This network was already started.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(self.style.SUCCESS(f"{answers['name']} : prêt / ready."))
        if is_made:
            self.stdout.write(
                f"{answers['editor_email']} · mot de passe, montré une seule fois / password, shown once: {password}"
            )

    def _asked(self, name: str, question: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError(f"--{name.replace('_', '-')}: {question}")
        while not (answer := input(f"{question}: ").strip()):
            pass
        return answer

    def _password(self) -> tuple[str, bool]:
        typed = (
            getpass("Mot de passe (vide : j’en fais un) / Password (empty: I make one): ") if sys.stdin.isatty() else ""
        )
        return (typed, False) if typed else (secrets.token_urlsafe(15), True)

    def _facts(self, answers: dict[str, str]) -> NetworkFacts:
        return NetworkFacts(
            name=answers["name"],
            postal_address=answers["postal_address"].replace("\\n", "\n"),
            telephone=answers["telephone"],
            email=answers["email"],
            privacy_officer=Person(answers["privacy_name"], answers["privacy_email"]),
            contact=Person(answers["contact_name"], answers["contact_email"], answers["contact_telephone"]),
            editor=Person(answers["editor_name"], answers["editor_email"]),
        )
