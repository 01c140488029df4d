import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from wagtail.models import Workflow

from accounts.models import SignupPolicy, User
from accounts.roles import ensure_roles, is_author, is_editor, is_steward
from accounts.services import NotAnAddress, make_steward
from content.starting import ensure_pages
from movement.allies.models import Unit
from tests.cast import PASSWORD, client_of, person

pytestmark = pytest.mark.django_db


def test_roles_and_their_rights_are_made_once():
    ensure_roles()
    before = {group.name: group.permissions.count() for group in Group.objects.filter(name__endswith="s")}
    ensure_roles()
    assert {group.name: group.permissions.count() for group in Group.objects.filter(name__endswith="s")} == before
    assert {"authors", "editors", "stewards"} <= before.keys()


def test_wagtail_s_own_groups_and_workflow_go_unless_somebody_is_in_them(site_pages, editor):
    names = ["Moderators", "Editors"]
    assert [*Group.objects.filter(name__in=names), *Workflow.objects.filter(name="Moderators approval")] == []
    assert [workflow.name for workflow in Workflow.objects.active()] == ["an editor"]
    editor.groups.add(Group.objects.create(name="Moderators"))
    ensure_pages()
    assert editor.groups.filter(name="Moderators").exists()


def test_each_role_holds_those_below(author, editor, steward, admin):
    assert [[ask(user) for ask in (is_author, is_editor, is_steward)] for user in (author, editor, steward, admin)] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
        [True, True, True],
    ]


def test_a_closed_login_has_no_role(steward):
    steward.is_active = False
    assert not is_steward(steward)
    assert not is_author(steward)


def test_the_first_steward_chooses_a_password_by_the_link_and_gets_it_by_mail():
    user, link = make_steward(email=" First@Larkfield.example ")
    assert is_steward(user)
    assert link.startswith("http://groundswell.example/accounts/password/reset/key/")
    assert ([message.to for message in mail.outbox], link in mail.outbox[0].body) == (
        [["first@larkfield.example"]],
        True,
    )
    assert link in mail.outbox[0].alternatives[0].content
    client = Client()
    page = client.get(link.removeprefix("http://groundswell.example"), follow=True)
    where = page.redirect_chain[-1][0]
    client.post(where, {"password1": PASSWORD, "password2": PASSWORD})
    assert client.login(email="first@larkfield.example", password=PASSWORD)


def test_making_a_steward_again_keeps_the_person_and_their_password():
    user = person("first@larkfield.example")
    made, _link = make_steward(email="First@larkfield.example")
    assert (made, User.objects.count(), mail.outbox) == (user, 1, [])
    assert made.check_password(PASSWORD)


def test_what_is_no_address_makes_no_steward():
    with pytest.raises(NotAnAddress):
        make_steward(email="nobody")
    assert User.objects.count() == 0


@pytest.fixture
def cms(steward):
    ensure_roles()
    return client_of(steward)


def test_a_steward_changes_who_may_sign_up(cms):
    form = cms.get("/cms/settings/accounts/signuppolicy/", follow=True)
    address = form.redirect_chain[-1][0]
    assert "Who may sign up" in form.content.decode()
    cms.post(address, {"mode": "domains", "domains": "@Larkfield.example"})
    policy = SignupPolicy.current()
    assert (policy.mode, policy.domains, policy.decided) == ("domains", "larkfield.example", True)


def test_a_steward_adds_and_changes_units(cms):
    cms.post("/cms/units/new/", {"name": "Serve", "parent": "", "headcount": "0", "position": "0"})
    division = Unit.objects.get()
    cms.post("/cms/units/new/", {"name": "Field Service", "parent": division.pk, "headcount": "60", "position": "0"})
    unit = Unit.objects.get(parent=division)
    assert (unit.slug, unit.headcount) == ("field-service", 60)
    cms.post(
        f"/cms/units/edit/{unit.pk}/", {"name": "Field", "parent": division.pk, "headcount": "61", "position": "0"}
    )
    unit.refresh_from_db()
    assert (unit.name, unit.slug, unit.headcount) == ("Field", "field-service", 61)
    assert "Field" in cms.get("/cms/units/").content.decode()


@pytest.mark.parametrize("headcount", ["-1", "99999999", "9" * 30, "many"])
def test_an_impossible_headcount_is_refused_in_the_form(cms, headcount: str):
    response = cms.post("/cms/units/new/", {"name": "Serve", "parent": "", "headcount": headcount, "position": "0"})
    assert (response.status_code, Unit.objects.count()) == (200, 0)


def test_departments_hold_no_departments(cms, organisation):
    before = Unit.objects.count()
    finance = organisation["finance"]
    cms.post("/cms/units/new/", {"name": "Invoicing", "parent": finance.pk, "headcount": "3", "position": "0"})
    assert Unit.objects.count() == before


def test_a_steward_imports_a_file(cms):
    from django.core.files.uploadedfile import SimpleUploadedFile

    good = b"division,department,headcount\nServe,Field Service,120\n"
    bad = SimpleUploadedFile("units.csv", good + b"Serve,Support,many\n")
    response = cms.post("/cms/units/import/", {"file": bad})
    assert (response.status_code, Unit.objects.count()) == (422, 0)
    assert "Line 3:" in response.content.decode()
    assert cms.post("/cms/units/import/", {"file": SimpleUploadedFile("units.csv", good)})["Location"] == "/cms/units/"
    assert Unit.objects.count() == 2


@pytest.mark.parametrize(
    "address", ["/cms/units/", "/cms/units/new/", "/cms/units/import/", "/cms/settings/accounts/signuppolicy/"]
)
def test_these_pages_are_for_stewards_only(author, editor, ally, address: str):
    ensure_roles()
    for someone in (author, editor, ally, None):
        assert client_of(someone).get(address).status_code in (302, 403, 404)


def test_the_checklist_greets_on_the_first_page_of_the_cms(cms):
    page = cms.get("/cms/").content.decode()
    assert "Divisions, departments and headcounts" in page


def test_an_author_sets_the_name_that_fellow_authors_see(author):
    ensure_roles()
    client = client_of(author)
    page = client.get("/cms/account/").content.decode()
    assert "password-new_password1" not in page
    assert "name_email-email" not in page
    choices = dict.fromkeys(("theme-theme", "theme-contrast"), "system") | {"theme-density": "default"}
    client.post("/cms/account/", choices | {"name_email-name": "Auden of the Vale", "locale-current_time_zone": ""})
    author.refresh_from_db()
    assert author.name == "Auden of the Vale"


@pytest.mark.parametrize("someone", [None, "ally"])
def test_the_account_page_of_the_cms_is_for_those_who_work_there(someone, request):
    client = client_of(request.getfixturevalue(someone) if someone else None)
    assert client.get("/cms/account/").status_code == 302


def test_a_password_is_reset_nowhere_but_with_allauth(db):
    assert Client().get("/cms/password_reset/").status_code in (302, 404)
    Client().post("/cms/password_reset/", {"email": person("a@larkfield.example").email})
    assert mail.outbox == []
