"""No transaction is held while something is ranked, rendered or said to another machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.db import connection

from expertise.needs import services as needs
from expertise.needs.models import NeedSkill
from expertise.organizations.models import OrganizationSkill
from expertise.pairings.services import waves
from tasks import posting, rendering, sending
from tasks.models import Job, Message
from tasks.sending import send_message
from tasks.worker import run_job
from tests.factories import MOMENT, NeedFactory, SkillFactory
from tests.tasks.mails.world import make_world

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

ROWS_MAX = 60


@pytest.mark.django_db(transaction=True)
def test_ranking_rendering_and_sending_hold_no_transaction(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    held: dict[str, bool] = {}

    def watch(module: Any, name: str) -> None:  # noqa: ANN401  a module
        real: Callable[..., Any] = getattr(module, name)

        def called(*args: object, **named: object) -> object:
            held[name] = held.get(name, False) or connection.in_atomic_block
            return real(*args, **named)

        monkeypatch.setattr(module, name, called)

    watch(waves, "plan_wave")
    watch(rendering, "render")
    watch(posting, "post")
    world = make_world("fr")
    skill = SkillFactory.create()
    for organization in (world.helper, world.other):
        OrganizationSkill.objects.create(tag=skill, content_object=organization, confirmed_at=MOMENT)
    need = NeedFactory.create(draft=True, organization=world.group, author=world.author)
    NeedSkill.objects.create(tag=skill, content_object=need)
    with time_machine.travel(now, tick=False):
        needs.publish_need(need=need, actor=world.author, now=now)
        for _ in range(ROWS_MAX):
            job = Job.objects.due(now).order_by("pk").first()
            message = Message.objects.due(now).order_by("pk").first()
            if job is not None:
                run_job(job.pk)
            elif message is not None:
                send_message(message.pk)
    assert held == {"plan_wave": False, "render": False, "post": False}
    assert sending.MessageState.SENT in set(Message.objects.values_list("state", flat=True))
