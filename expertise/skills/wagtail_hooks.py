"""Skills in the editors' admin: listed, searched, their words changed through the same service as everywhere."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from expertise.skills.models import Skill
from expertise.skills.services import LabelError, change_skill, clean_label
from maillage.core.permissions import is_editor

WORDS = ("name", "name_en", "synonyms_fr", "synonyms_en", "description_fr", "description_en", "broader")


class SkillAdminForm(WagtailAdminModelForm):
    """Saves through ``change_skill``, so that folded forms, audit and signals follow."""

    def clean_name(self) -> str:
        """The French label.

        Raises:
            ValidationError: no words.
        """
        try:
            return clean_label(self.cleaned_data["name"])
        except LabelError as error:
            raise ValidationError(_("Écrivez la compétence en quelques mots.")) from error

    def save(self, commit: bool = True) -> Skill:
        """Write what changed."""
        fields = {name: self.cleaned_data[name] for name in WORDS if name in self.changed_data}
        skill: Skill = self.instance
        return change_skill(skill=skill, actor=self.for_user, now=timezone.now(), **fields) if fields else skill


class SkillPolicy(ModelPermissionPolicy):
    """Editors change words; skills are made by import or proposal, and end by merging, never by deleting."""

    def user_has_permission(self, user: Any, action: str) -> bool:  # noqa: ANN401  Wagtail's signature
        """Read and change."""
        return bool(is_editor(user)) and action in ("change", "view")

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:  # noqa: ANN401  Wagtail's signature
        """Any of several."""
        return any(self.user_has_permission(user, action) for action in actions)


class SkillViewSet(SnippetViewSet):
    """List, search, change."""

    model = Skill
    icon = "tag"
    menu_label = _("Compétences")
    add_to_admin_menu = True
    list_display = ("name", "name_en", "source", "state")
    list_filter = ("state", "source")
    search_fields = ("name", "name_en")
    list_per_page = 50
    ordering = ("name", "pk")
    edit_handler = ObjectList([FieldPanel(name) for name in WORDS], base_form_class=SkillAdminForm)


register_permission_policy(Skill, SkillPolicy(Skill))
register_snippet(SkillViewSet)
