"""``make demo``: fill the network, run it, and walk one need through it from end to end."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import sys
from dataclasses import asdict
from pathlib import Path

import django

from demo.browser import PageError
from demo.processes import Processes, StartError, free_port

PORT = 8000


def main() -> int:
    """Exit status 0 when every step held."""
    options = _options()
    port = free_port(PORT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.settings.dev")
    os.environ["SITE_URL"] = f"http://localhost:{port}"
    level = os.environ.pop("LOG_LEVEL", "INFO")
    os.environ["LOG_LEVEL"] = "WARNING"  # here a person watches; the processes' files keep every line
    django.setup()
    from django.conf import settings

    password = secrets.token_urlsafe(12)
    if not options.serve_only:
        _load(options, password)
    try:
        with Processes(port=port, environment={"LOG_LEVEL": level}, log_folder=settings.VAR / "log") as processes:
            if options.serve_only:
                say(f"http://localhost:{port}/")
            elif not _walk(port, settings.MAIL_FOLDER, password, is_once=options.once):
                return 1
            if not options.once:
                _serve(processes)
    except StartError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end after the introduction, with a last line of JSON")
    parser.add_argument("--real", type=Path, help="folder of real data: skills/, organizations/, needs/")
    parser.add_argument("--serve-only", action="store_true", help="only web, worker and beat, on what is there")
    return parser.parse_args()


def _load(options: argparse.Namespace, password: str) -> None:
    from demo.load import load

    say("Préparation du réseau de démonstration…")
    load(password=password, say=lambda words: say(f"  {words}"), real=options.real)


def _walk(port: int, mails: Path, password: str, *, is_once: bool) -> bool:
    from demo.askers import next_asker
    from demo.walk import Walk

    walk = Walk(origin=f"http://localhost:{port}", mails=mails, say=say)
    try:
        outcome = walk.go(next_asker())
    except PageError as error:
        sys.stderr.write(f"{error}\n")
        return False
    if is_once:
        say(json.dumps(asdict(outcome), ensure_ascii=False))
    else:
        say(_where_to_look(port, password))
    return outcome.introduced


def _where_to_look(port: int, password: str) -> str:
    from demo.askers import logins

    lines = [
        "",
        f"Le réseau est ouvert : http://localhost:{port}/ (English: http://localhost:{port}/en/)",
        f"Les courriels, comme ils partent : http://localhost:{port}/envois/courriels/",
        "Pour se connecter : donnez l’une de ces adresses, le code arrive dans les courriels ci-dessus.",
        *(f"  {address} · {role}" for address, role in logins()),
        f"Équipe éditoriale, mot de passe {password} (second facteur demandé à la première connexion) :",
        "  mireille.edition@maillage.example.org · édition",
        "  helene.admin@maillage.example.org · administration",
        "Ctrl-C pour arrêter.",
    ]
    return "\n".join(lines)


def _serve(processes: Processes) -> None:
    """Until Ctrl-C or SIGTERM, or until one of the processes ends."""
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    try:
        processes.wait()
    except KeyboardInterrupt:
        say("")


def say(text: str) -> None:
    """One thing for the person who watches."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
