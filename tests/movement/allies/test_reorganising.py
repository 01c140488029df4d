"""Units in the CMS over time: closing one, headcounts of other days."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.roles import ensure_roles
from movement.allies.importing import import_units
from movement.allies.models import Ally, Unit, Visibility
from movement.allies.reorganising import close_unit
from movement.allies.stays import Stay, settle
from movement.allies.unit_history import MOST_PEOPLE, Headcount, today
from tests.cast import client_of, make_ally, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(steward):
    """A steward's browser."""
    ensure_roles()
    return client_of(steward)


def test_a_steward_closes_a_unit_and_says_where_its_people_work(desk, organisation):
    finance, data = organisation["finance"], organisation["data-and-reporting"]
    ally = make_ally("Ada Larkin", unit=finance)
    settle()
    edit = desk.get(f"/cms/units/edit/{finance.pk}/").content.decode()
    assert f"/cms/units/close/{finance.pk}/" in edit
    page = desk.get(f"/cms/units/close/{finance.pk}/").content.decode()
    assert ("Ada" in page, "Data and Reporting" in page) == (False, True)
    assert Unit.objects.get(pk=finance.pk).closed_on is None  # looking closes nothing
    assert desk.post(f"/cms/units/close/{finance.pk}/", {"into": data.pk})["Location"] == "/cms/units/"
    assert Unit.objects.get(pk=finance.pk).closed_on == today()
    assert (Ally.objects.get(pk=ally.pk).unit, Stay.objects.open().get(ally=ally).unit) == (data, data)
    assert desk.get(f"/cms/units/close/{finance.pk}/").status_code == 404


def test_the_page_says_that_closing_moves_everybody_and_cannot_be_taken_back(desk, organisation):
    page = desk.get(f"/cms/units/close/{organisation['finance'].pk}/").content.decode()
    assert "Closing moves everybody who works there, at once, and cannot be taken back" in page


def test_a_division_with_departments_is_not_closed(desk, organisation):
    answer = desk.post(f"/cms/units/close/{organisation['run'].pk}/")
    assert (answer.status_code, "Departments still belong to it" in answer.content.decode()) == (422, True)
    assert Unit.objects.filter(closed_on=None).count() == 6


def closing(desk, unit: Unit) -> dict:
    """What the page for closing says before anything was changed in it, as a browser would send it."""
    form = desk.get(f"/cms/units/close/{unit.pk}/").context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}


def test_its_people_come_along_into_the_headcount_from_that_day_on(desk, organisation):
    finance, data = organisation["finance"], organisation["data-and-reporting"]
    Headcount.objects.update(since=date(2026, 1, 5))
    assert "Its 30 people come along" in desk.get(f"/cms/units/close/{finance.pk}/").content.decode()
    assert closing(desk, finance) == {"come_along": True, "people": 30}
    desk.post(f"/cms/units/close/{finance.pk}/", closing(desk, finance) | {"into": data.pk})
    assert Unit.objects.get(pk=data.pk).headcount == 50
    assert set(data.headcounts.values_list("since", "people")) == {(date(2026, 1, 5), 20), (today(), 50)}
    assert Unit.objects.get(pk=finance.pk).headcount == 30


@pytest.mark.parametrize(
    ("said", "becomes"),
    [({"come_along": "on", "people": 12}, 32), ({"people": 30}, 20), ({"come_along": "on", "people": ""}, 20)],
)
def test_as_many_come_along_as_the_steward_says(desk, organisation, said, becomes):
    data = organisation["data-and-reporting"]
    desk.post(f"/cms/units/close/{organisation['finance'].pk}/", said | {"into": data.pk})
    assert Unit.objects.get(pk=data.pk).headcount == becomes


def test_nobody_comes_along_from_a_unit_without_a_headcount_or_to_nowhere(desk, organisation):
    new = make_unit("Ledger", division=organisation["run"])
    assert closing(desk, new) == {}
    desk.post(f"/cms/units/close/{new.pk}/", {"into": organisation["finance"].pk, "come_along": "on", "people": 9})
    desk.post(f"/cms/units/close/{organisation['finance'].pk}/", {"into": "", "come_along": "on", "people": 30})
    assert sum(Unit.objects.standing().values_list("headcount", flat=True)) == 120


def test_whoever_was_split_is_counted_in_what_came_of_it(desk, organisation):
    ledger = make_unit("Ledger", division=organisation["run"], headcount=18)
    ledger.came_of.add(organisation["finance"])
    assert closing(desk, organisation["finance"]) == {"people": 30}  # not ticked: Ledger was added with its own 18
    said = closing(desk, organisation["finance"]) | {"into": ledger.pk}
    desk.post(f"/cms/units/close/{organisation['finance'].pk}/", said)
    assert Unit.objects.get(pk=ledger.pk).headcount == 18


def test_too_many_come_along_and_nothing_is_closed(desk, organisation):
    finance, data = organisation["finance"], organisation["data-and-reporting"]
    said = {"into": data.pk, "come_along": "on", "people": MOST_PEOPLE}
    answer = desk.post(f"/cms/units/close/{finance.pk}/", said)
    assert (answer.status_code, Unit.objects.get(pk=finance.pk).closed_on) == (422, None)
    assert "at most one million people" in answer.content.decode()


def asks(ally: Ally) -> bool:
    return "Which department do you work in now?" in client_of(ally).get("/me/").content.decode()


def test_who_is_left_without_a_unit_is_asked_on_today_until_they_say(desk, organisation, site_pages, mailoutbox):
    finance, data = organisation["finance"], organisation["data-and-reporting"]
    quiet = make_ally("Ada Larkin", unit=finance, visibility=Visibility.QUIET)
    other, elsewhere = make_ally("Bo Finch", unit=finance), make_ally("Cleo Marsh", unit=data)
    settle()
    assert not asks(quiet)
    desk.post(f"/cms/units/close/{finance.pk}/", {"into": ""})
    assert [asks(ally) for ally in (quiet, other, elsewhere)] == [True, True, False]
    assert mailoutbox == []
    client = client_of(quiet)
    assert 'href="/me/profile/#id_unit"' in client.get("/me/").content.decode()
    assert "Finance was closed. Where do you work now?" in client.get("/me/profile/").content.decode()
    said = {"name": "Ada Larkin", "visibility": "quiet", "timezone": "Europe/Berlin"}
    assert client.post("/me/profile/", said | {"unit": finance.pk}).status_code == 422  # it is gone
    assert asks(quiet)
    assert client.post("/me/profile/", said | {"unit": data.pk}).status_code == 302
    assert (asks(quiet), Stay.objects.open().get(ally=quiet).unit) == (False, data)
    assert "was closed" not in client.get("/me/profile/").content.decode()


def test_whoever_would_rather_not_say_is_not_asked_again(organisation, site_pages):
    ally = make_ally("Ada Larkin", unit=organisation["finance"])
    close_unit(unit=organisation["finance"])
    assert asks(ally)
    said = {"name": "Ada Larkin", "visibility": "open", "timezone": "Europe/Berlin", "unit": ""}
    assert client_of(ally).post("/me/profile/", said).status_code == 302
    assert not asks(ally)


def test_who_was_given_a_successor_is_not_asked_and_nobody_sees_who_was(organisation, site_pages):
    moved = make_ally("Ada Larkin", unit=organisation["finance"])
    close_unit(unit=organisation["finance"], into=organisation["data-and-reporting"])
    left = make_ally("Quenby Marsh", unit=organisation["customer-support"], visibility=Visibility.QUIET)
    close_unit(unit=organisation["customer-support"])
    client = client_of(moved)
    assert not asks(moved)
    pages = [
        client.get(address).content.decode() for address in ("/me/", "/allies/", "/spread/units/customer-support/")
    ]
    assert not any("Quenby" in page or "do you work in now" in page for page in pages)
    assert asks(left)


def test_authors_close_nothing(author, organisation):
    ensure_roles()
    answer = client_of(author).post(f"/cms/units/close/{organisation['finance'].pk}/")
    assert answer.status_code in (302, 403, 404)
    assert not Unit.objects.exclude(closed_on=None).exists()


def test_a_unit_with_a_past_is_closed_rather_than_deleted(desk, organisation):
    ally = make_ally("Ada Larkin", unit=organisation["finance"])
    settle()
    ally.unit = organisation["data-and-reporting"]
    ally.save()
    settle()
    page = desk.post(f"/cms/units/delete/{organisation['finance'].pk}/", follow=True)
    assert "Its past would go with it. Close it instead." in page.content.decode()
    assert Unit.objects.filter(slug="finance").exists()


def test_a_headcount_is_entered_for_another_day_but_not_for_one_to_come(desk, organisation):
    finance = organisation["finance"]
    before, ahead = date(2026, 1, 5), today() + timedelta(days=3)
    for since in (before, ahead):
        desk.post("/cms/headcounts/new/", {"unit": finance.pk, "since": since.isoformat(), "people": 28})
    assert set(Headcount.objects.filter(unit=finance).values_list("since", "people")) == {(before, 28), (today(), 30)}
    assert "28" in desk.get("/cms/headcounts/").content.decode()


def test_the_newest_headcount_that_is_mended_is_the_units(desk, organisation):
    finance = organisation["finance"]
    row = Headcount.objects.get(unit=finance)
    desk.post(f"/cms/headcounts/edit/{row.pk}/", {"unit": finance.pk, "since": row.since.isoformat(), "people": 33})
    assert Unit.objects.get(pk=finance.pk).headcount == 33


def test_a_new_unit_says_what_it_came_of(desk, organisation):
    finance = organisation["finance"]
    desk.post(
        "/cms/units/new/",
        {"name": "Ledger", "parent": organisation["run"].pk, "headcount": 12, "position": 3, "came_of": [finance.pk]},
    )
    assert list(Unit.objects.get(name="Ledger").came_of.all()) == [finance]


def test_an_import_leaves_a_closed_unit_alone(organisation):
    Unit.objects.filter(slug="finance").update(closed_on=today())
    import_units(data=b"division,department,headcount\nRun,Finance,44\n")
    assert sorted(Unit.objects.filter(name="Finance").values_list("headcount", flat=True)) == [30, 44]


def test_a_slip_that_is_put_right_on_the_same_day_leaves_no_trace(organisation):
    finance = organisation["finance"]
    for people in (300, 31):
        finance.headcount = people
        finance.save()
    assert list(finance.headcounts.values_list("people", flat=True)) == [31]


def test_a_unit_cannot_be_moved_below_its_own_child(organisation):
    organisation["run"].parent = organisation["finance"]
    with pytest.raises(ValidationError):
        organisation["run"].full_clean()
    organisation["run"].parent = organisation["run"]
    with pytest.raises(ValidationError):
        organisation["run"].full_clean()
