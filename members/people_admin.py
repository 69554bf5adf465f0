"""People in the admin: one name, rights, closing an account; deleting one erases the person, as they do themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, DeleteView, EditView, IndexView, UserViewSet

from members import services
from members.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse


class OneNameMixin:
    """Wagtail's forms of people without the two names that we do not have; addresses in lower case, as everywhere."""

    first_name = None
    last_name = None
    cleaned_data: dict[str, Any]

    def clean_email(self) -> str:
        """The address as it is stored."""
        return str(self.cleaned_data["email"]).strip().lower()


class NewPersonForm(OneNameMixin, UserCreationForm):
    """An account made for somebody: they choose their own password, by « Mot de passe oublié »."""

    class Meta:
        model = User
        fields = ("email", "name", "telephone", "lang", "is_superuser", "groups")
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def save(self, commit: bool = True) -> User:
        """With a password that nobody knows, rather than none."""
        self.instance.set_unusable_password()
        return super().save(commit=commit)


class PersonForm(OneNameMixin, UserEditForm):
    """What an administrator may change of somebody."""

    class Meta:
        model = User
        fields = ("email", "name", "telephone", "lang", "is_active", "is_superuser", "groups")
        widgets = {"groups": forms.CheckboxSelectMultiple}


class PeopleView(IndexView):
    """Everyone."""

    search_fields = ("name", "email")

    def order_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        """By the one name that we have."""
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering, "pk")
        return super().order_queryset(queryset)


class NewPersonView(CreateView):
    """Add somebody."""

    template_name = "members/admin/new_person.html"


class PersonView(EditView):
    """Change somebody."""

    template_name = "members/admin/person.html"


class ErasePersonView(DeleteView):
    """Erase somebody who asked for it by telephone."""

    page_title = gettext_lazy("Effacer la personne")
    confirmation_message = gettext_lazy(
        "Son nom, son téléphone et son adresse sont effacés pour toujours; ce que d’autres ont fait avec elle reste."
    )
    success_message = gettext_lazy("La personne est effacée.")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Erase, or say what must be settled first."""
        try:
            services.erase_person(person=self.object, now=timezone.now())
        except services.RightsHeldError:
            messages.error(self.request, _("Retirez-lui d’abord ses droits."))
        except services.SomethingToSettleError as error:
            for obstacle in error.obstacles:
                messages.error(self.request, str(obstacle.text))
        else:
            messages.success(self.request, self.get_success_message())
        return redirect(self.get_success_url())


class PeopleViewSet(UserViewSet):
    """The pages, in place of Wagtail's."""

    index_view_class = PeopleView
    add_view_class = NewPersonView
    edit_view_class = PersonView
    delete_view_class = ErasePersonView

    def get_form_class(self, for_update: bool = False) -> Any:  # noqa: ANN401  Wagtail's signature
        """Ours."""
        return PersonForm if for_update else NewPersonForm
