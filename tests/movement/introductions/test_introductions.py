"""Introductions: nobody's contact before both have said yes, and no "not now" that anybody could hear."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from accounts.services import erase_person, export_person
from movement.allies.models import Visibility
from movement.allies.services import change_appearance
from movement.introductions import queries, services
from movement.introductions.models import OPEN_FOR, REST, Answer, Introduction, Side, State
from postbox.models import Notification
from postbox.sender import send_waiting
from postbox.services import prefer
from tests.cast import client_of, make_ally
from tests.movement.worlds import make_introduction

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
NOTE = "You keep the shelf that I pick from."


@pytest.fixture
def bo(organisation):
    return make_ally("Bo Finch", unit=organisation["finance"])


@pytest.fixture
def cy(organisation):
    return make_ally("Cy Orme", unit=organisation["customer-support"])


def ask(by, to, **said):
    return services.ask(**{"by": by, "to": to, "note": NOTE, "reach": f"{by.name}’s desk"} | said)


def yes(introduction, ally):
    return services.say_yes(introduction=introduction, ally=ally, reach=f"{ally.name}’s desk")


def page(ally, introduction):
    return client_of(ally).get(f"/introductions/{introduction.pk}/")


def become(ally, visibility, **chosen):
    change_appearance(ally=ally, timezone="UTC", visibility=visibility, **chosen)


def aged(introduction, by):
    """As if it had been begun that much earlier, by whoever appeared so then."""
    for ally in (introduction.low, introduction.high, introduction.by):
        ally.appears_since = timezone.now() - timedelta(days=400)
        ally.save()
    Introduction.objects.filter(pk=introduction.pk).update(created_at=timezone.now() - by)


def test_from_a_note_to_each_others_contact(ally, bo):
    sent = client_of(ally).post(f"/introductions/ask/{bo.public_id}/", {"note": NOTE, "reach": "extension 12"})
    introduction = Introduction.objects.get()
    assert sent["Location"] == introduction.get_absolute_url()
    assert list(Notification.objects.values_list("user", "kind")) == [(bo.user_id, "introduction-asked")]
    read = page(bo, introduction).content.decode()
    assert (NOTE in read, "Ada Larkin" in read, "extension 12" in read) == (True, True, False)
    assert "Ada Larkin" in client_of(bo).get("/introductions/").content.decode()
    client_of(bo).post(introduction.get_absolute_url(), {"reach": "extension 88"})
    for one, given in ((ally, "extension 88"), (bo, "extension 12")):
        paths = (
            introduction.get_absolute_url(),
            "/introductions/",
            f"/allies/{(bo if one == ally else ally).public_id}/",
        )
        assert [given in client_of(one).get(path).content.decode() for path in paths] == [True] * 3


def test_both_get_the_contact_by_mail_and_no_row_keeps_it(ally, bo, settings, tmp_path):
    settings.MAIL_FOLDER = tmp_path
    introduction = ask(ally, bo)
    send_waiting()
    yes(introduction, bo)
    kept = [mail.message + mail.html_message + mail.subject for mail in Email.objects.all()]
    told = list(Notification.objects.values_list("text", flat=True))
    assert [text for text in kept + told if "desk" in text or "Finch" in text or "Larkin" in text] == []
    send_waiting()
    letters = {path.read_text() for path in tmp_path.glob("*.eml")}
    both = sorted(text for text in letters if "have both said yes" in text)
    assert len(both) == 2
    assert sum("Bo Finch=E2=80=99s desk" in text or "Bo Finch’s desk" in text for text in both) == 1


def test_not_now_looks_like_silence_to_whoever_asked(ally, bo):
    introduction = ask(ally, bo)
    paths = [introduction.get_absolute_url(), "/introductions/", f"/allies/{bo.public_id}/", "/me/"]

    def seen():
        client = client_of(ally)
        return [TOKEN.sub("", client.get(path).content.decode()) for path in paths]

    before, notes = seen(), Notification.objects.count()
    services.say_not_now(introduction=introduction, ally=bo)
    assert (seen(), Notification.objects.count()) == (before, notes)
    assert services.end_old(timezone.now() + OPEN_FOR) == 1
    assert Notification.objects.count() == notes


def test_not_now_may_become_yes_while_it_is_open(ally, bo):
    introduction = ask(ally, bo)
    services.say_not_now(introduction=introduction, ally=bo)
    yes(introduction, bo)
    assert Introduction.objects.get().state == State.AGREED


def test_it_ends_quietly_and_the_same_one_may_ask_again_only_later(ally, bo):
    introduction = ask(ally, bo)
    aged(introduction, OPEN_FOR)
    assert (services.end_old(), page(ally, introduction).status_code, page(bo, introduction).status_code) == (
        1,
        404,
        404,
    )
    ally.refresh_from_db()
    bo.refresh_from_db()
    with pytest.raises(services.AskedLately):
        ask(ally, bo)
    assert ask(bo, ally).state == State.OPEN
    Introduction.objects.all().delete()
    aged(again := ask(ally, bo), REST)
    services.end_old()
    assert ask(again.by, bo).state == State.OPEN


def test_whoever_is_asked_and_asks_has_said_yes(ally, bo):
    ask(ally, bo)
    ask(bo, ally, note="I was about to write to you.")
    assert list(Introduction.objects.values_list("state", flat=True)) == [State.AGREED]
    assert "I was about to write to you." in page(ally, Introduction.objects.get()).content.decode()
    with pytest.raises(services.KnowEachOther):
        ask(ally, bo)


def test_asking_twice_is_asking_once(ally, bo):
    assert ask(ally, bo) == ask(ally, bo)
    assert (Introduction.objects.count(), Side.objects.filter(answer=Answer.YES).count()) == (1, 1)


def test_one_reminder_and_never_after_an_answer(ally, bo, cy):
    for to in (bo, cy):
        aged(ask(ally, to), timedelta(days=8))
        ally.refresh_from_db()
    services.say_not_now(introduction=Introduction.objects.between(ally, cy).get(), ally=cy)
    Notification.objects.all().delete()
    assert (services.remind(), services.remind(timezone.now() + timedelta(days=9))) == (1, 0)
    assert list(Notification.objects.values_list("user", flat=True)) == [bo.user_id]


def test_how_it_reaches_me_is_mine_to_choose(ally, bo, cy):
    prefer(user=bo.user, choices={"introduction-asked": "never"})
    prefer(user=cy.user, choices={"introduction-asked": "digest"})
    ask(ally, bo)
    ask(ally, cy)
    assert (Notification.objects.count(), Email.objects.count()) == (2, 0)


def test_a_mail_on_its_way_is_held_back_once_it_was_answered(ally, bo):
    introduction = ask(ally, bo)
    services.say_not_now(introduction=introduction, ally=bo)
    assert (send_waiting(), Email.objects.count()) == (0, 1)


def test_five_notes_a_day(ally, organisation):
    for number in range(5):
        ask(ally, make_ally(f"Person {number}"))
    page = client_of(ally).post(
        f"/introductions/ask/{make_ally('One More').public_id}/", {"note": NOTE, "reach": "here"}
    )
    assert (page.status_code, "enough for one day" in page.content.decode()) == (422, True)
    assert NOTE in page.content.decode()
    assert Introduction.objects.count() == 5


def test_a_quiet_ally_is_told_what_it_takes(quiet_ally, bo):
    client, address = client_of(quiet_ally), f"/introductions/ask/{bo.public_id}/"
    assert "Choose how I appear" in client.get(address).content.decode()
    assert client.post(address, {"note": NOTE, "reach": "x"}).status_code == 422
    assert Introduction.objects.count() == 0
    assert client_of(bo).get(f"/introductions/ask/{quiet_ally.public_id}/").status_code == 404


@pytest.mark.parametrize("who", ["asker", "asked"])
@pytest.mark.parametrize("change", [Visibility.QUIET, Visibility.ALIAS])
def test_whoever_appears_otherwise_has_asked_and_answered_nothing(ally, bo, who, change):
    """Else an answer would lead from the alias to the name."""
    introduction = ask(ally, bo)
    turned, other = (ally, bo) if who == "asker" else (bo, ally)
    become(turned, change, alias="Slow Heron")
    assert [page(one, introduction).status_code for one in (turned, other)] == [404, 404]
    with pytest.raises(services.NoLongerOpen):
        yes(introduction, bo)
    if change == Visibility.ALIAS:
        fresh = ask(other, turned)
        assert (fresh.pk == introduction.pk, fresh.state) == (False, State.OPEN)


def test_what_was_agreed_is_not_on_the_page_of_an_alias_taken_since(ally, bo):
    introduction = yes(ask(ally, bo), bo)
    become(bo, Visibility.ALIAS, alias="Slow Heron")
    assert page(ally, introduction).status_code == 404
    assert "Finch" not in client_of(ally).get("/introductions/").content.decode()


def test_a_third_one_introduces_two_and_both_have_to_agree(ally, bo, cy):
    client, address = client_of(ally), f"/introductions/between/{bo.public_id}/"
    assert str(cy.public_id) in client.get(address, {"q": "orme"}).content.decode()
    client.post(address, {"with": cy.public_id, "note": "You both count things."})
    introduction = Introduction.objects.get()
    assert Notification.objects.filter(user__in=[bo.user, cy.user]).count() == 2
    client_of(bo).post(introduction.get_absolute_url(), {"reach": "extension 88"})
    assert "extension 88" not in page(cy, introduction).content.decode()
    services.say_not_now(introduction=introduction, ally=cy)
    assert queries.one(ally, introduction.pk).is_open
    yes(introduction, cy)
    assert "extension 88" in page(cy, introduction).content.decode()
    seen = page(ally, introduction).content.decode()
    assert ("Both have said yes" in seen, "extension 88" in seen) == (True, False)


def test_whoever_introduces_two_learns_nothing_of_what_is_between_them(ally, bo, cy, organisation):
    fresh, known = make_ally("Dot Pell"), make_ally("Eli Grey")
    yes(ask(bo, known), known)
    ask(bo, cy)
    made = [services.introduce(by=ally, one=bo, other=other, note=NOTE) for other in (fresh, known, cy)]
    assert [one.state for one in made] == [State.OPEN, State.UNHEARD, State.UNHEARD]
    assert [queries.one(ally, one.pk).is_open for one in made] == [True] * 3
    assert [page(bo, one).status_code for one in made] == [200, 404, 404]
    assert Notification.objects.filter(user=known.user, text__contains="introduce you").count() == 0


@pytest.mark.parametrize(
    "odd",
    [{"note": " "}, {"note": "x" * 301}, {"note": "a\x00b"}, {"note": "a\u202eb"}, {"reach": ""}, {"reach": "y" * 201}],
    ids=["blank", "long", "nul", "turned", "no reach", "long reach"],
)
def test_what_cannot_be_sent_is_refused_and_stays(ally, bo, odd):
    said = {"note": NOTE, "reach": "extension 12"} | odd
    response = client_of(ally).post(f"/introductions/ask/{bo.public_id}/", said)
    assert (response.status_code, Introduction.objects.count()) == (422, 0)
    assert said["note"].strip()[:200] in response.content.decode()


def test_neither_a_stranger_nor_somebody_else_answers_or_takes_back(ally, bo, cy):
    introduction = ask(ally, bo)
    address = introduction.get_absolute_url()
    assert [client_of(cy).get(address).status_code, client_of(cy).post(address, {"reach": "x"}).status_code] == [
        404
    ] * 2
    assert client_of(bo).post(f"{address}take-back/").status_code == 404
    client_of(ally).post(address, {"not_now": "1"})
    assert introduction.sides.get(ally=ally).answer == Answer.YES
    client_of(ally).post(f"{address}take-back/")
    assert page(bo, introduction).status_code == 404


def test_it_is_in_ones_data_and_goes_with_it(ally, bo, cy):
    agreed = yes(ask(ally, bo), bo)
    brought = services.introduce(by=ally, one=bo, other=cy, note=NOTE)
    yes(brought, bo)
    yes(brought, cy)
    exported = export_person(user=ally.user)
    assert len(exported["movement.Introduction"]) == 2
    assert "Bo Finch" not in str(exported)
    erase_person(user=ally.user)
    assert list(Introduction.objects.values_list("pk", "by", "note")) == [(brought.pk, None, "")]
    assert page(cy, brought).status_code == 200
    assert agreed.pk not in Introduction.objects.values_list("pk", flat=True)


def test_the_lists_cost_the_same_for_one_and_for_ten(ally, bo, organisation, django_assert_max_num_queries):
    client = client_of(bo)
    for number in range(10):
        make_introduction(make_ally(f"Person {number}", unit=organisation["finance"]), bo)
    with django_assert_max_num_queries(12):
        client.get("/introductions/")
