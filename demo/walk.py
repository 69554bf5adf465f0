"""The main job, done as people do it: through forms, mails and the links in them."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from demo.browser import Browser, Page, PageError
from demo.mailbox import Mailbox, links_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage
    from pathlib import Path

NEED = (
    "Depuis qu’on a changé de modem, le Wi-Fi ne se rend plus au fond du local et l’imprimante ne trouve plus le "
    "réseau. On a une assemblée la semaine prochaine et personne ici ne s’y connaît."
)
# So many of its first characters are in the subject, or the text, of every mail about it.
OPENING = 25
ASKED = re.compile(r"(\d+) organismes? consulté")
CODE = re.compile(r"\b(\d{3})\D?(\d{3})\b")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks in the demo: a person of a verified group."""

    address: str
    name: str
    telephone: str
    organization: str
    organization_id: int
    municipality: str


@dataclass(slots=True)
class Outcome:
    """What the walk saw; the demo's last line of JSON."""

    need: int = 0
    pairings: int = 0
    mails: int = 0
    seconds_to_mails: float = 0.0
    introduced: bool = False


class Walk:
    """One need, from the home page to the introduction."""

    def __init__(self, *, origin: str, mails: Path, say: Callable[[str], object]) -> None:
        self.origin = origin
        self.say = say
        self.mailbox = Mailbox(mails)
        self.group = Browser(origin)
        self.outcome = Outcome()

    def go(self, asker: Asker) -> Outcome:
        """Ask, wait, offer, choose, be introduced.

        Raises:
            PageError: a page or a mail was not what people need; the message says which.
        """
        published = self._publish(self._prove_address(self._write(asker), asker), asker)
        proposals = self._await_proposals(asker)
        offered = self._offer(proposals[0])
        self._choose(asker)
        introductions = self.mailbox.wait(lambda mail: "Mise en contact" in str(mail["Subject"]), count=2)
        self.say("— Mise en contact : les deux courriels —")
        for mail in introductions:
            self.say(text_of(mail))
        self.outcome.introduced = bool(introductions) and published.status == offered.status == 200  # noqa: PLR2004  HTTP
        return self.outcome

    def _write(self, asker: Asker) -> Page:
        home = self.group.get("/")
        form = home.form("text")
        self.say(f"On écrit dans la boîte de l’accueil : « {NEED} »")
        page = self.group.submit(home, form, text=NEED)
        written = page.form("text", "when", "telephone")
        return self.group.submit(page, written, "save", when="week", telephone=asker.telephone, email=asker.address)

    def _prove_address(self, page: Page, asker: Asker) -> Page:
        mail = self.mailbox.wait(lambda mail: asker.address in str(mail["To"]))[0]
        found = CODE.search(str(mail["Subject"]))
        if found is None:
            raise PageError(f"no code in « {mail['Subject']} »")
        self.say(f"Code reçu par courriel : « {mail['Subject']} »")
        return self.group.submit(page, page.form("typed"), typed="".join(found.groups()))

    def _publish(self, page: Page, asker: Asker) -> Page:
        form = page.form("organization", "contact_name")
        review = self.group.submit(
            page,
            form,
            organization=str(asker.organization_id),
            municipality=asker.municipality,
            contact_name=asker.name,
            telephone=asker.telephone,
        )
        form = next((form for form in review.forms if "publi" in form.action), None)
        if form is None:
            raise PageError(f"nothing to publish on {review.url}: {review.text[:800]}")
        self._published_at = time.time()
        page = self.group.submit(review, form)
        number = re.search(r"/(\d+)/", page.url)
        if page.status != 200 or number is None:  # noqa: PLR2004  HTTP
            raise PageError(f"not published: {page.url} {page.text[:600]}")
        self.outcome.need = int(number[1])
        self.say(f"Demande n° {self.outcome.need} publiée : {page.url}")
        return page

    def _await_proposals(self, asker: Asker) -> list[EmailMessage]:
        mails, last = self.mailbox.settle(
            lambda mail: NEED[:OPENING] in text_of(mail), _is_proposal, lambda mail: asker.address in str(mail["To"])
        )
        proposals = [mail for mail in mails if _is_proposal(mail)]
        self.outcome.seconds_to_mails = round(last - self._published_at, 2)
        told = next(mail for mail in mails if asker.address in str(mail["To"]))
        asked = ASKED.match(str(told["Subject"]))
        if asked is None:
            raise PageError(f"no organization is asked: « {told['Subject']} »")
        self.outcome.pairings = int(asked[1])
        self.outcome.mails = len(mails)
        self.say(f"— {self.outcome.mails} courriels en {self.outcome.seconds_to_mails} s —")
        for mail in mails:
            self.say(text_of(mail))
        return proposals

    def _offer(self, mail: EmailMessage) -> Page:
        helper = Browser(self.origin)
        link = next(link for link in links_of(mail) if "/reponse/" in link)
        page = helper.get(_path(link))
        form = page.form("help_kind", "name")
        self.say(f"Un organisme ouvre le lien de son courriel ({mail['To']}) et offre son aide.")
        return helper.submit(
            page,
            form,
            word="On a réglé la même chose chez un voisin le mois dernier. Disponibles jeudi matin.",
            help_kind="volunteer",
            name="Camille Bolduc (démo)",
            telephone="819 555-0177",
        )

    def _choose(self, asker: Asker) -> None:
        mail = self.mailbox.wait(lambda mail: asker.address in str(mail["To"]) and "/choix/" in text_of(mail))[0]
        self.say("— L’offre arrive au groupe —")
        self.say(text_of(mail))
        link = next(link for link in links_of(mail) if "/choix/" in link)
        chooser = Browser(self.origin)
        page = chooser.get(_path(link))
        form = next((form for form in page.forms if "pairing" in form.names), None)
        if form is None:
            raise PageError(f"nothing to choose on {page.url}: {page.text[:800]}")
        chosen = chooser.submit(page, form, "choose")
        self.say(f"Le groupe choisit cette offre : {chosen.status}")


def _is_proposal(mail: EmailMessage) -> bool:
    return "/reponse/" in text_of(mail)


def _path(link: str) -> str:
    """A link's path: the demo may serve on another port than the one that mails name."""
    return "/" + link.split("/", 3)[3]
