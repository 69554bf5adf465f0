"""Tag managers that only know skills: words never become tags by themselves."""

from __future__ import annotations

from typing import Any

from taggit.managers import _TaggableManager

from expertise.skills.models import Skill


class NotASkillError(TypeError):
    """Something other than a Skill was given as a tag."""


class OnlySkills:
    """Mixed into a manager of taggit's: refuses strings, because ``free_tagging`` alone is ignored by taggit."""

    def _to_tag_model_instances(self, tags: Any, tag_kwargs: Any) -> Any:  # noqa: ANN401  taggit's signature
        strangers = [tag for tag in tags if not isinstance(tag, Skill)]
        if strangers:
            raise NotASkillError(f"Skills are written through services, as Skill instances: {strangers!r}")
        return super()._to_tag_model_instances(tags, tag_kwargs)  # type: ignore[misc]  # the manager’s own


class SkillTagManager(OnlySkills, _TaggableManager):
    """Reads the skills of an object; writes take Skill instances only."""
