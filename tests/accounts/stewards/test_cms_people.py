"""People in the CMS: who may sign in, and what they do here, in plain words."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from lxml import html

from accounts.models import User
from accounts.roles import ensure_roles
from content.subscriptions.models import Subscriber
from movement.allies.models import Ally
from tests.cast import client_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def roles(db) -> dict[str, Group]:
    return ensure_roles()


def test_the_form_asks_for_an_address_a_name_and_roles(admin, roles):
    form = html.fromstring(client_of(admin).get("/cms/users/new/").content)
    names = {field.get("name") for field in form.xpath("//form[@id='w-editor-form']//input")} - {"csrfmiddlewaretoken"}
    assert names == {"email", "name", "groups", "is_superuser"}
    said = [label.text_content().split(":")[0].strip() for label in form.xpath("//div[@id='id_groups']//label")]
    assert said == ["Author", "Editor", "Steward"]


def test_an_author_is_added_without_a_password(admin, roles):
    given = {"email": " Wren@Larkfield.example ", "name": "Wren Tolley", "groups": [roles["authors"].pk]}
    assert client_of(admin).post("/cms/users/new/", given).status_code == 302
    wren = User.objects.get(email="wren@larkfield.example")
    assert (wren.name, [group.name for group in wren.groups.all()], wren.has_usable_password()) == (
        "Wren Tolley",
        ["authors"],
        False,
    )


def test_one_person_per_address(admin, roles):
    person("wren@larkfield.example")
    assert client_of(admin).post("/cms/users/new/", {"email": "Wren@larkfield.example"}).status_code == 200
    assert User.objects.filter(email__iexact="wren@larkfield.example").count() == 1


def test_editing_changes_roles_and_keeps_the_address_and_other_groups(admin, roles):
    wren = person("wren@larkfield.example", groups=("authors", "choir"))
    given = {"email": "evil@elsewhere.example", "name": "Wren", "groups": [roles["editors"].pk], "is_active": "on"}
    assert client_of(admin).post(f"/cms/users/edit/{wren.pk}/", given).status_code == 302
    wren.refresh_from_db()
    assert (wren.email, wren.name, sorted(group.name for group in wren.groups.all())) == (
        "wren@larkfield.example",
        "Wren",
        ["choir", "editors"],
    )


def test_only_administrators_make_administrators(roles):
    from django.contrib.auth.models import Permission

    helper = person("helper@larkfield.example", groups=("stewards",))
    rights = Permission.objects.filter(content_type__app_label="accounts", codename__in=["change_user", "add_user"])
    helper.user_permissions.add(*rights)
    wren = person("wren@larkfield.example")
    given = {"name": "Wren", "is_active": "on", "is_superuser": "on"}
    assert client_of(helper).post(f"/cms/users/edit/{wren.pk}/", given).status_code == 302
    wren.refresh_from_db()
    assert (wren.name, wren.is_superuser) == ("Wren", False)


def test_the_list_says_who_does_what(admin, roles):
    person("wren@larkfield.example", name="Wren Tolley", groups=("authors", "editors"))
    page = html.fromstring(client_of(admin).get("/cms/users/?q=tolley").content)
    (row,) = page.xpath("//table[contains(@class, 'listing')]/tbody/tr")
    assert "Wren Tolley" in row.text_content()
    assert "Author, Editor" in row.text_content()


def test_removing_somebody_erases_what_was_theirs(admin, roles, ally):
    assert client_of(admin).post(f"/cms/users/delete/{ally.user_id}/").status_code == 302
    assert (User.objects.filter(pk=ally.user_id).exists(), Ally.objects.filter(pk=ally.pk).exists()) == (False, False)


@pytest.mark.parametrize("role", ["author", "editor"])
def test_it_is_not_for_authors_and_editors(role, roles, request):
    assert client_of(request.getfixturevalue(role)).get("/cms/users/").status_code in (302, 404)


def test_removing_several_at_once_erases_what_was_theirs(admin, roles, ally, alias_ally):
    """A subscription hangs on the address alone: deleting rows would leave it."""
    people = [ally.user, alias_ally.user]
    for user in people:
        Subscriber.objects.create(email=user.email, confirmed_at=timezone.now())
    path = "/cms/bulk/accounts/user/delete/?" + "&".join(f"id={user.pk}" for user in people)
    assert client_of(admin).get(path).status_code == 200
    assert client_of(admin).post(path).status_code == 302
    assert (User.objects.filter(pk__in=[user.pk for user in people]).count(), Subscriber.objects.count()) == (0, 0)
