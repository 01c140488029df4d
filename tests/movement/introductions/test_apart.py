"""Blocked is out of sight for both, and looks like nothing; a report reaches the stewards and nobody else."""

import re
from datetime import UTC, timedelta

import pytest
from django.utils import timezone

from accounts.services import erase_person, export_person
from movement.allies.blocks import Block, block, let_go
from movement.allies.models import Ally, Visibility
from movement.allies.nearby import gather
from movement.allies.services import change_appearance
from movement.introductions import services
from movement.introductions.models import State
from movement.introductions.reports import Report
from postbox.digests.sections import Due
from postbox.models import Notification
from tests.cast import client_of, make_ally
from tests.movement.worlds import make_introduction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_pages")]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def bo(organisation):
    return make_ally("Bo Finch", unit=organisation["field-service"])


def everywhere(viewer, other):
    """Where this one meets the other by name."""
    paths = ["/allies/", "/allies/?q=finch", "/search/?q=larkin", "/search/?q=finch", f"/allies/{other.public_id}/"]
    paths += [f"/introductions/ask/{other.public_id}/", "/introductions/", "/me/"]
    client = client_of(viewer)
    return [path for path in paths if f"allies/{other.public_id}/" in client.get(path).content.decode()]


def test_neither_sees_or_reaches_the_other_and_the_blocked_cannot_tell(ally, bo):
    introduction = make_introduction(bo, ally)
    assert everywhere(ally, bo)
    assert everywhere(bo, ally)
    client_of(ally).post(f"/allies/{bo.public_id}/block/")
    assert (everywhere(ally, bo), everywhere(bo, ally)) == ([], [])
    assert [client_of(one).get(introduction.get_absolute_url()).status_code for one in (ally, bo)] == [404, 404]
    with pytest.raises(services.NoLongerOpen):
        services.say_yes(introduction=introduction, ally=ally, reach="here")
    assert "Finch" in client_of(ally).get("/introductions/blocks/").content.decode()
    assert "Larkin" not in client_of(bo).get("/introductions/blocks/").content.decode()
    assert export_person(user=bo.user).get("movement.Block") is None


def test_a_blocked_ally_sees_what_they_would_if_the_other_had_gone_quiet(ally, bo):
    make_introduction(bo, ally)
    client, paths = client_of(bo), ["/allies/", "/introductions/", "/me/", f"/allies/{ally.public_id}/"]
    block(by=ally, other=bo)
    blocked = [TOKEN.sub("", client.get(path).content.decode()) for path in paths]
    Block.objects.all().delete()
    Ally.objects.filter(pk=ally.pk).update(visibility=Visibility.QUIET)
    assert [TOKEN.sub("", client.get(path).content.decode()) for path in paths] == blocked


def test_nor_does_the_digest_bring_them_together(ally, bo):
    now = timezone.now()
    Ally.objects.update(appears_since=now - timedelta(hours=1))
    due = Due(number=1, user=ally.user, email="", since=now - timedelta(days=7), until=now)
    assert [item.title for item in gather([due])[1]] == ["Bo Finch"]
    block(by=bo, other=ally)
    assert list(gather([due])[1]) == []


def test_a_third_one_cannot_bring_them_together_nor_tell(ally, bo):
    cy = make_ally("Cy Orme")
    block(by=ally, other=bo)
    made = services.introduce(by=cy, one=ally, other=bo, note="You both count things.")
    assert (made.state, Notification.objects.count()) == (State.UNHEARD, 0)
    assert client_of(cy).get(made.get_absolute_url()).status_code == 200


def test_letting_go_brings_back_who_appears_as_before(ally, bo):
    made = block(by=ally, other=bo)
    client_of(ally).post(f"/introductions/blocks/{made.pk}/")
    assert (Block.objects.count(), client_of(ally).get(f"/allies/{bo.public_id}/").status_code) == (0, 200)


def test_letting_go_does_not_show_who_somebody_has_become(ally, bo):
    made = block(by=ally, other=bo)
    change_appearance(ally=bo, timezone="UTC", visibility=Visibility.ALIAS, alias="Slow Heron")
    let_go(block=Block.objects.select_related("blocked").get())
    assert "Slow Heron" not in client_of(ally).get("/allies/").content.decode()
    assert "Finch" not in client_of(ally).get("/introductions/blocks/").content.decode()
    assert Block.objects.filter(pk=made.pk).exists()


def test_one_subquery_more_and_not_one_a_row(ally, bo, django_assert_num_queries):
    block(by=bo, other=make_ally("Cy Orme"))
    with django_assert_num_queries(1):
        assert sorted(str(one) for one in Ally.objects.visible_to(bo.user)) == ["Ada Larkin", "Bo Finch"]


def test_a_report_goes_to_the_stewards_and_says_no_more_than_names_chosen(ally, alias_ally, steward, editor):
    make_introduction(alias_ally, ally, note="Come alone.")
    client_of(ally).post(
        f"/allies/{alias_ally.public_id}/report/", {"reason": "This frightens me.", "also_block": "on"}
    )
    desk = client_of(steward).get("/cms/ally-reports/").content.decode()
    assert [word in desk for word in ("Night Ferry", "Come alone.", "This frightens me.", "Ada Larkin")] == [True] * 4
    assert [word in desk for word in ("Basil", "Thorne", "@larkfield.example")][:2] == [False, False]
    assert "Allies ask you to look" in client_of(steward).get("/cms/").content.decode()
    assert client_of(editor).get("/cms/ally-reports/").status_code == 404
    assert Block.objects.filter(blocker=ally, blocked=alias_ally).exists()
    client = client_of(steward)
    client.post(f"/cms/ally-reports/{Report.objects.get().pk}/", {"why": "One note frightened somebody."})
    told = Notification.objects.get(user=alias_ally.user)
    assert ("One note frightened somebody." in told.text, "Larkin" in told.text) == (True, False)
    with pytest.raises(services.MayNotAsk):
        make_introduction(alias_ally, make_ally("Dot Pell"))


def test_a_steward_who_is_reported_does_not_read_it(ally, steward):
    wick = Ally.objects.create(user=steward, name="Stella Wick", visibility=Visibility.OPEN)
    client_of(ally).post(f"/allies/{wick.public_id}/report/", {"reason": "Too many notes."})
    assert "Too many notes." not in client_of(steward).get("/cms/ally-reports/").content.decode()
    client_of(steward).post(f"/cms/ally-reports/{Report.objects.get().pk}/", {"let_be": "1"})
    assert Report.objects.open().count() == 1


def test_who_leaves_takes_their_name_along(ally, bo, steward):
    client_of(ally).post(f"/allies/{bo.public_id}/report/", {"reason": "Too many notes."})
    block(by=ally, other=bo)
    assert "Finch" not in str(export_person(user=ally.user)["movement.Report"])
    erase_person(user=ally.user)
    assert Block.objects.count() == 0
    desk = client_of(steward).get("/cms/ally-reports/").content.decode()
    assert ("Too many notes." in desk, "Larkin" in desk) == (True, False)
    assert Report.objects.get().at.tzinfo == UTC
