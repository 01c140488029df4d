"""People in the CMS: a login here is an address, a name for fellow authors, and roles in plain words."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.users.forms import UserForm
from wagtail.users.views import users

from accounts.models import Leaving, User
from accounts.roles import AUTHORS, EDITORS, ROLES, STEWARDS
from accounts.services import erase_person

IN_WORDS = {
    AUTHORS: _("Author: writes articles and hands them in; sees no draft of anybody else"),
    EDITORS: _("Editor: reads what is handed in, publishes, looks after every page and the comments"),
    STEWARDS: _("Steward: all that an editor does, and the organisation, its departments and who may sign up"),
}
SHORT = {AUTHORS: _("Author"), EDITORS: _("Editor"), STEWARDS: _("Steward")}


class RoleChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, group: Any) -> str:
        return str(IN_WORDS.get(group.name, group.name))


class PersonForm(UserForm):
    """Passwords are chosen by the person, with allauth; so is another address, which has to be confirmed by mail."""

    first_name = last_name = None  # type: ignore[assignment]
    password_required = False
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    groups = RoleChoices(
        Group.objects.none(),
        label=_("Works here as"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None for somebody who is an ally and nothing else. What they are as an ally is theirs to choose."),
    )
    is_superuser = forms.BooleanField(
        label=_("Administrator"),
        required=False,
        help_text=_("May do everything, also what no role may. One or two people are enough."),
    )

    class Meta:
        model = User
        fields = ["email", "name", "groups", "is_active", "is_superuser"]
        labels = {"is_active": _("May sign in")}
        help_texts = {
            "name": _("Shown to those who work in the CMS, and nowhere else."),
            "is_active": _("Take the tick away to close the login without removing anything."),
        }

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = Group.objects.filter(name__in=ROLES).order_by("name")  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _("People change it themselves, among their settings.")
        else:
            del self.fields["is_active"]
        if editing_self:
            del self.fields["is_active"], self.fields["is_superuser"]

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email__iexact=address).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Somebody signs in with this address already."))
        return address

    def _save_m2m(self) -> None:
        """Roles are chosen here; groups of another kind stay as they are."""
        others = list(self.instance.groups.exclude(name__in=ROLES))
        super()._save_m2m()  # type: ignore[misc]
        self.instance.groups.add(*others)

    def save(self, commit: bool = True) -> Any:
        if not self.instance.pk:
            self.instance.set_unusable_password()
        elif self.instance.is_active:  # who may sign in again is not about to be erased
            Leaving.objects.filter(user=self.instance).delete()
        return super().save(commit)


class OnlyAdministratorsMakeAdministrators:
    request: Any

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        if not self.request.user.is_superuser:
            form.fields.pop("is_superuser", None)
        return form


class CreateView(OnlyAdministratorsMakeAdministrators, users.CreateView):
    page_title = _("Add a person")
    success_message = _("%(object)s can sign in now, with a code that is mailed to them.")


class EditView(OnlyAdministratorsMakeAdministrators, users.EditView):
    success_message = _("%(object)s: kept.")


class DeleteView(users.DeleteView):
    page_title = _("Remove this person")
    success_message = _("%(object)s is removed, with all that was theirs.")

    def delete_action(self) -> None:
        """As if they had closed their account themselves: each part of the site erases what is theirs."""
        erase_person(user=self.object)


class IndexView(users.IndexView):
    page_title = _("People")
    add_item_label = _("Add a person")

    @cached_property
    def columns(self) -> list[Any]:
        by_name = {column.name: column for column in super().columns}
        by_name[User.USERNAME_FIELD].label = _("E-mail address")
        by_name["is_superuser"] = Column("roles", accessor=roles_of, label=_("Works here as"))
        return list(by_name.values())

    def get_base_queryset(self) -> QuerySet[User]:
        found: QuerySet[User] = super().get_base_queryset().prefetch_related("groups")
        return found


def roles_of(user: User) -> str:
    roles = [str(_("Administrator"))] if user.is_superuser else []
    return ", ".join(roles + [str(SHORT[group.name]) for group in user.groups.all() if group.name in SHORT])


class PeopleViewSet(users.UserViewSet):
    menu_label = _("People")
    search_fields = ["name", "email"]
    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:
        return PersonForm
