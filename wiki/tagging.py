"""Skills of a guide that travel with its revisions."""

from __future__ import annotations

from typing import Any

from modelcluster.contrib.taggit import ClusterTaggableManager, _ClusterTaggableManager

from expertise.skills.tagging import OnlySkills


class SkillClusterTagManager(OnlySkills, _ClusterTaggableManager):
    """modelcluster's manager, which refuses strings."""


class SkillClusterTaggableManager(ClusterTaggableManager):
    """The field; modelcluster's own always builds its own manager."""

    def __get__(self, instance: Any, model: Any) -> SkillClusterTagManager:  # noqa: ANN401  a descriptor's own
        """The manager of one guide's skills, committed or not."""
        return SkillClusterTagManager(
            through=self.through, model=model, instance=instance, prefetch_cache_name=self.name
        )
