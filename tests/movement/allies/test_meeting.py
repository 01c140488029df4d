"""People one may like to meet: at most three, with the reason, the same all day, and gone when put aside."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache

from movement.allies.meeting import people_to_meet
from movement.allies.models import Ally, Unit, Visibility
from movement.allies.tags import AllyTag, Way
from movement.personas.models import Audience
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_member, a_reading
from tests.movement.worlds import make_card

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_new_day() -> None:
    cache.clear()


def says(ally: Ally, *, help: str = "", learn: str = "") -> Ally:
    given = ((Way.HELP, help), (Way.LEARN, learn))
    AllyTag.objects.bulk_create(AllyTag(ally=ally, way=way, name=name) for way, name in given if name)
    return ally


def reasons(ally: Ally) -> dict[str, str]:
    return {one.shown.ally.shown_name or "": one.why for one in people_to_meet(ally)}


def test_each_reason_finds_its_people(ally: Ally, organiser: Ally, unit: Unit):
    says(ally, help="Invoices", learn="Kerning")
    make_card(make_ally("Cleo Serves"), audience=Audience.ALLIES, unit=unit)
    assert reasons(ally) == {"Cleo Serves": "Serves somebody in Field Service"}
    cache.clear()
    says(make_ally("Lena Learns"), learn="invoices")
    says(make_ally("", alias="Night Ferry", email="nf@larkfield.example", visibility=Visibility.ALIAS), help="KERNING")
    assert reasons(ally) == {
        "Cleo Serves": "Serves somebody in Field Service",
        "Lena Learns": "Would like to learn what you know: invoices",
        "Night Ferry": "Can help with what you want to learn: KERNING",
    }
    club = a_club(organiser)
    a_reading(club)
    a_member(club, bo := make_ally("Bo Finch"))
    assert reasons(bo) == {"Orla Penrose": "Reads The Long Counter with you"}


def test_three_at_most_the_same_all_day_and_others_another_day(ally: Ally):
    says(ally, learn="Kerning")
    for number in range(12):
        says(make_ally(f"Helper {number}"), help="kerning")
    today = reasons(ally)
    says(make_ally("Helper at noon"), help="kerning")
    days = [tuple(one.shown.ally.pk for one in people_to_meet(ally, day=date(2031, 5, n))) for n in range(1, 9)]
    assert (len(today), reasons(ally) == today, len(set(days)) > 1) == (3, True, True)


def test_whoever_is_put_aside_or_goes_quiet_is_gone_at_once_and_stays_gone(ally: Ally, quiet_ally: Ally):
    says(ally, learn="Kerning")
    says(quiet_ally, help="kerning")
    one, two = (says(make_ally(name), help="kerning") for name in ("Bo Finch", "Cy Hart"))
    assert set(reasons(ally)) == {"Bo Finch", "Cy Hart"}
    assert client_of(ally).post(f"/allies/{one.public_id}/put-aside/")["Location"] == "/allies/meet/"
    assert set(reasons(ally)) == {"Cy Hart"}
    Ally.objects.filter(pk=two.pk).update(visibility=Visibility.QUIET)
    assert reasons(ally) == {}
    assert people_to_meet(ally, day=date.today() + timedelta(days=1)) == []
    assert client_of(ally).post(f"/allies/{quiet_ally.public_id}/put-aside/").status_code == 404
