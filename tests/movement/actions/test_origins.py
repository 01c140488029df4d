"""Where an action came from, and the circles it is shown to: told only as far as each reader may know."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clubs.groups.models import Access
from movement.actions.models import Action, Audience
from movement.allies.models import Ally, Visibility
from movement.personas.models import Audience as CardAudience
from tests.cast import client_of, make_unit
from tests.clubs.worlds import a_club, a_meeting, a_member, a_reading
from tests.movement.worlds import make_action, make_card


@pytest.fixture
def club(organiser, ally):
    club = a_club(organiser, access=Access.PRIVATE)
    a_member(club, ally)
    return club


def wall_of(viewer: Ally) -> str:
    return client_of(viewer).get("/actions/").text


def log_after(ally: Ally, **told: str) -> Action:
    client_of(ally).post("/actions/log/", {"text": "Drew the way of the van."} | told)
    return Action.objects.latest("pk")


def test_a_meeting_is_kept_and_told_to_its_members_alone(club, ally, organiser, alias_ally):
    meeting = a_meeting(club, timezone.now() - timedelta(days=1))
    page = client_of(ally).get(f"/actions/log/?meeting={meeting.pk}&text=Drew").text
    assert (f'value="meeting:{meeting.pk}"' in page, "Drew</textarea>" in page) == (True, True)
    assert "After a meeting of The Thursday Table" in page
    action = log_after(ally, origin=f"meeting:{meeting.pk}")
    assert (action.origin, action.origin_number) == ("meeting", meeting.pk)
    assert ["Thursday Table" in wall_of(one) for one in (ally, organiser, alias_ally)] == [True, True, False]


def test_every_origin_gives_only_what_one_may_see(club, ally, organiser, alias_ally, quiet_ally, site_pages):
    section = a_reading(club).sections.first()
    card = make_card(ally)
    shown = make_card(ally, audience=CardAudience.ALLIES)
    mine = [f"section:{section.pk}", f"card:{card.pk}", f"card:{shown.pk}", f"ally:{organiser.public_id}"]
    assert [log_after(ally, text=value, origin=value).origin != "" for value in mine] == [True] * 4
    assert [log_after(alias_ally, text=value, origin=value).origin for value in mine] == ["", "", "card", "ally"]
    odd = [f"ally:{quiet_ally.public_id}", "card:0", "card:x", "nobody:1", f"card:{10**30}", "card:٣", ":"]
    assert [log_after(ally, text=value, origin=value).origin for value in odd] == [""] * len(odd)


def test_what_has_no_name_tells_no_origin_to_others(club, ally, organiser):
    meeting = a_meeting(club, timezone.now() - timedelta(days=1))
    log_after(ally, origin=f"meeting:{meeting.pk}", is_unnamed="on")
    assert ("Thursday Table" in wall_of(ally), "Thursday Table" in wall_of(organiser)) == (True, False)
    page = wall_of(organiser)
    assert ("Drew the way" in page, "Ada Larkin" in page, str(ally.public_id) in page) == (True, False, False)


def test_a_department_that_an_unnamed_note_came_from_is_not_told_either(ally, organiser):
    unit = make_unit("Night Shift")
    action = log_after(ally, origin=f"unit:{unit.pk}", is_unnamed="on")
    assert (action.origin, action.whom) == ("unit", "")
    assert ["For Night Shift" in wall_of(one) for one in (ally, organiser)] == [True, False]


def test_my_groups_see_what_all_others_do_not(club, ally, organiser, alias_ally):
    log_after(ally, audience="circles")
    assert ["Drew the way" in wall_of(one) for one in (ally, organiser, alias_ally)] == [True, True, False]


def test_without_a_name_a_group_is_shown_nothing(club, ally, organiser, quiet_ally):
    """Refused where it is written; and who became quiet since is not seen there either."""
    a_member(club, quiet_ally)
    for one, more in ((ally, {"is_unnamed": "on"}), (quiet_ally, {})):
        answer = client_of(one).post("/actions/log/", {"text": "kept", "audience": "circles"} | more)
        assert (answer.status_code, "still points at somebody" in answer.text, "kept" in answer.text) == (
            422,
            True,
            True,
        )
    make_action(quiet_ally, "Oiled the hinge.", audience=Audience.CIRCLES)
    make_action(ally, "Swept the ramp.", audience=Audience.CIRCLES)
    Ally.objects.filter(pk=ally.pk).update(visibility=Visibility.QUIET)
    page = wall_of(organiser)
    assert ("Oiled the hinge" in page, "Swept the ramp" in page) == (False, False)


def test_noting_costs_at_most_twelve_queries(club, ally, django_assert_max_num_queries):
    meeting = a_meeting(club, timezone.now() - timedelta(days=1))
    client = client_of(ally)
    with django_assert_max_num_queries(12):
        answer = client.post(
            "/actions/log/", {"text": "Rang.", "origin": f"meeting:{meeting.pk}", "for_whom": "Finance"}
        )
    assert (answer.status_code, Action.objects.count()) == (302, 1)


def test_the_question_comes_first_and_the_rest_is_folded_away(ally):
    """On a phone: into the field, a few words, down past one line, press."""
    page = client_of(ally).get("/actions/log/").text
    form = page[page.index("<textarea") : page.index('type="submit"', page.index("<textarea"))]
    folded = form[form.index("<details") : form.index("</details>")]
    assert "autofocus" in form.partition(">")[0]
    assert (form.replace(folded, "").count("<input"), '<details class="more">' in form) == (0, True)
