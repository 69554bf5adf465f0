"""Mails are drawn by jobs, outside transactions; a template that fails is that job's failure and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import time_machine
from django.conf import settings
from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines

from tasks import registry, rendering
from tasks.models import Job
from tasks.worker import run_job
from tests.tasks.rows import make_job

if TYPE_CHECKING:
    from datetime import datetime

TEMPLATES = {
    "test/letter.txt": "{{ name }}, votre demande\n\nBonjour {{ name }},\n\n{{ word }}\n",
    "test/letter.html": "<style>p { color: #111 }</style><p>{{ word }}</p>",
    "test/broken.txt": "Objet\n{% nothing %}",
    "test/broken.html": "",
}


@pytest.fixture(autouse=True)
def _templates(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(name: str) -> object:
        if name not in TEMPLATES:
            raise TemplateDoesNotExist(name)
        return engines["django"].from_string(TEMPLATES[name])

    monkeypatch.setattr(rendering, "get_template", find)


def test_first_line_is_the_subject_and_styles_are_on_the_elements() -> None:
    found = rendering.render("test/letter", lang="fr", context={"name": "Ana", "word": "L’eau & <b>"})
    assert found.subject == "Ana, votre demande"
    assert found.text == "Bonjour Ana,\n\nL’eau & <b>\n"
    assert 'style="color: #111' in found.html
    assert "&lt;b&gt;" in found.html


def test_template_that_fails_is_said() -> None:
    with pytest.raises(TemplateSyntaxError):
        rendering.render("test/broken", lang="fr", context={})
    with pytest.raises(TemplateDoesNotExist):
        rendering.render("test/absent", lang="fr", context={})


@pytest.mark.django_db
def test_job_whose_template_fails_ends_dead_and_holds_nothing_up(now: datetime) -> None:
    registry.job("test.compose", is_atomic=False)(
        lambda *, now, template: rendering.render(template, lang="fr", context={}) and None
    )
    broken = make_job(now, kind="test.compose", key="broken", args={"template": "test/broken"})
    good = make_job(now, kind="test.compose", key="good", args={"template": "test/letter"})
    try:
        for _ in range(settings.QUEUE_MAX_ATTEMPTS):
            for job in (broken, good):
                with time_machine.travel(Job.objects.get(pk=job.pk).due_at, tick=False):
                    run_job(job.pk)
    finally:
        registry.KINDS.pop("test.compose")
    broken.refresh_from_db()
    good.refresh_from_db()
    assert (broken.state, good.state) == ("dead", "done")
    assert "TemplateSyntaxError" in broken.last_error
