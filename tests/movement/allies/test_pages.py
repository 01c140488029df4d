"""The directory, an ally's page, the profile: what is shown of whom."""

import pytest

from movement.allies.directory import IN_A_GLANCE, PAGE
from movement.allies.models import Ally, Unit, Visibility
from tests.cast import client_of, make_ally, person

pytestmark = pytest.mark.django_db


def page_of(viewer: Ally, address: str) -> str:
    response = client_of(viewer).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_visitor_is_sent_to_sign_in():
    response = client_of().get("/allies/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/allies/")


def test_somebody_not_welcomed_yet_is_sent_to_the_welcome():
    response = client_of(person("new@larkfield.example")).get("/allies/")
    assert (response.status_code, response["Location"]) == (302, "/welcome/")


def test_open_allies_are_shown_by_name_and_department(ally: Ally, organiser: Ally):
    page = page_of(organiser, "/allies/")
    assert "Ada Larkin" in page
    assert "Route planner, Field Service" in page


def test_an_alias_shows_neither_name_nor_department_nor_work(ally: Ally, alias_ally: Ally):
    Ally.objects.filter(pk=alias_ally.pk).update(role="Payroll clerk")
    own = f"/allies/{alias_ally.public_id}/"
    for address in ("/allies/", "/allies/?dep=finance", "/allies/?dep=field-service", own):
        page = page_of(ally, address)
        assert "Night Ferry" in page
        assert "somewhere in Run" in page
        assert "Basil" not in page
        assert "Thorne" not in page
        assert "Payroll" not in page


@pytest.mark.parametrize("words", ["Basil", "Payroll", "basil.thorne", "larkfield.example"])
def test_an_alias_is_not_found_by_what_it_hides(ally: Ally, alias_ally: Ally, words: str):
    Ally.objects.filter(pk=alias_ally.pk).update(role="Payroll clerk")
    assert "Night Ferry" not in page_of(ally, f"/allies/?q={words}")


@pytest.mark.parametrize("address", ["/allies/", "/allies/?dep=finance", "/allies/?q=Quenby", "/me/", "/invite/"])
def test_a_quiet_ally_appears_nowhere(ally: Ally, quiet_ally: Ally, address: str):
    Ally.objects.filter(pk=quiet_ally.pk).update(invited_by=ally, about="Counts invoices", role="Clerk")
    page = page_of(ally, address)
    assert "Marsh" not in page
    assert "Counts invoices" not in page


def test_a_quiet_ally_has_no_page_not_even_for_stewards(quiet_ally: Ally, admin):
    Ally.objects.create(user=admin, name="Adrian Poole", visibility=Visibility.OPEN)
    assert client_of(admin).get(f"/allies/{quiet_ally.public_id}/").status_code == 404


def test_becoming_quiet_takes_effect_at_once(ally: Ally, organiser: Ally):
    Ally.objects.filter(pk=ally.pk).update(visibility=Visibility.QUIET)
    assert "Ada Larkin" not in page_of(organiser, "/allies/")
    assert client_of(organiser).get(f"/allies/{ally.public_id}/").status_code == 404


def test_somebody_whose_login_is_closed_is_not_shown(ally: Ally, organiser: Ally):
    ally.user.is_active = False
    ally.user.save()
    assert "Ada Larkin" not in page_of(organiser, "/allies/")


@pytest.mark.parametrize("number", ["0", "999999", "9" * 18, "9" * 40, "-1", "1.5", "abc"])
def test_a_forged_number_is_not_found(ally: Ally, number: str):
    assert client_of(ally).get(f"/allies/{number}/").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["after=nonsense", "alias_after=%F0%9F", "dep=nowhere", "dep=" + "x" * 3000, "q=" + "y" * 5000, "q=%22%27%25_"],
)
def test_odd_filters_answer_with_a_page(ally: Ally, query: str):
    assert client_of(ally).get(f"/allies/?{query}").status_code == 200


def test_a_nul_in_the_filter_is_a_bad_request(ally: Ally):
    assert client_of(ally).get("/allies/?q=%00").status_code == 400


def test_the_counts_are_of_open_allies_only(ally: Ally, alias_ally: Ally, quiet_ally: Ally):
    page = " ".join(page_of(ally, "/allies/").split())
    assert "<b>Fewer than five open allies</b>" in page
    assert '<span>Finance</span> <span class="filter__n num">under 5</span>' in page


def test_everybody_is_on_exactly_one_page(ally: Ally, unit: Unit):
    for number in range(PAGE + 5):
        make_ally("Same Name", email=f"same{number}@larkfield.example", unit=unit)
    client, address, seen = client_of(ally), "/allies/?dep=field-service", []
    while address:
        section = client.get(address).context["found"].sections[0]
        seen += [one.ally.pk for one in section.allies]
        address = f"/allies/?dep=field-service&after={section.next_key}" if section.next_key else ""
    assert sorted(seen) == sorted(Ally.objects.values_list("pk", flat=True))


def test_several_departments_are_shown_at_a_glance(ally: Ally, organiser: Ally, unit: Unit):
    for number in range(IN_A_GLANCE + 2):
        make_ally(f"Planner {number}", unit=unit)
    found = client_of(ally).get("/allies/?dep=field-service&dep=customer-support&dep=finance").context["found"]
    assert [(section.unit.slug, len(section.allies), section.open, section.more) for section in found.sections] == [
        ("field-service", IN_A_GLANCE, IN_A_GLANCE + 3, True),
        ("customer-support", 1, None, False),
        ("finance", 0, None, False),
    ]


@pytest.mark.parametrize("address", ["/allies/", "/allies/?dep=field-service&dep=finance", "/me/", "/invite/"])
def test_the_number_of_queries_does_not_grow(ally: Ally, unit: Unit, address: str, django_assert_max_num_queries):
    client, counts = client_of(ally), []
    client.get(address)  # what is only set up once
    for upto in (1, 3, 30):
        while Ally.objects.count() < 1 + upto:
            number = Ally.objects.count()
            make_ally(f"Ally {number}", unit=unit, invited_by=ally, about="Words")
        with django_assert_max_num_queries(30) as captured:
            client.get(address)
        counts.append(len(captured))
    # Where a list goes on beyond its page, one more counts how far.
    assert (counts[0] == counts[1], counts[2] - counts[0] in (0, 1), counts[2] <= 12 or "/allies/" not in address) == (
        True,
        True,
        True,
    )
