from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from lxml import html

from clubs.choosing import services
from clubs.choosing.models import Ballot, Closing, Poll, TieRule
from clubs.choosing.services import close, close_those_due, settle, vote
from clubs.choosing.telling import still_wanted
from movement.editing import ChangedMeanwhile
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_member, a_poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(club):
    return a_poll(club)


def books_of(poll):
    return [option.book_id for option in poll.options.all()]


def voters(club, number):
    return [a_member(club, make_ally(f"Voter {n}")) for n in range(number)]


def overdue(poll):
    past = {"opened_at": timezone.now() - timedelta(days=2), "closes_at": timezone.now() - timedelta(minutes=1)}
    Poll.objects.filter(pk=poll.pk).update(**past)
    poll.refresh_from_db()
    return poll


@pytest.mark.parametrize(("method", "kind"), [("approval", "checkbox"), ("single", "radio"), ("borda", "")])
def test_a_ballot_names_each_book_once_beside_what_is_chosen(club, member, method, kind):
    made = a_poll(club, method=method)
    page = html.fromstring(client_of(member.ally).get(made.get_absolute_url()).content)
    rows = page.xpath("//section[@aria-labelledby='ballot-h']//li")
    options = list(made.options.select_related("book"))
    named = [row.xpath("string(.//label)").replace("(optional)", "").strip() for row in rows]
    assert named == [option.book.title for option in options]
    assert [page.xpath("string(//main)").count(title) for title in named] == [1] * len(options)
    chosen_by = [len(row.xpath(f".//input[@type='{kind}']" if kind else ".//select")) for row in rows]
    assert (chosen_by, [option.reason in row.text_content() for option, row in zip(options, rows, strict=True)]) == (
        [1] * len(options), [True] * len(options),
    )  # fmt: skip


def test_a_member_has_one_ballot_and_may_change_it_until_the_close(poll, member):
    first, second = books_of(poll)
    browser = client_of(member.ally)
    for marks in ([first], [first, second], [second]):
        assert browser.post(poll.get_absolute_url(), {"some": marks}).status_code == 302
    assert list(Ballot.objects.values_list("membership", "marks")) == [(member.pk, [second])]
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(poll=poll, membership=member, marks=[first])
    overdue(poll)
    browser.post(poll.get_absolute_url(), {"some": [first]})
    assert Ballot.objects.get().marks == [second]


def test_nothing_of_the_count_is_in_the_page_before_the_close(poll, member, organiser):
    first, _second = books_of(poll)
    before = client_of(organiser).get(poll.get_absolute_url()).content.decode()
    vote(poll=poll, membership=member, marks=[first])
    after = client_of(organiser).get(poll.get_absolute_url()).content.decode()
    assert _without_tokens(before) == _without_tokens(after)
    close(poll=poll, why=Closing.HAND, words="We leave on Monday.")
    page = client_of(organiser).get(poll.get_absolute_url()).content.decode()
    assert [word in page for word in ("The group chose", "1 ballot was counted", "We leave on Monday.")] == [True] * 3


def _without_tokens(page):
    return [line for line in page.splitlines() if "csrf" not in line]


def test_the_clock_closes_a_poll_once_and_says_why(poll, member):
    vote(poll=poll, membership=member, marks=books_of(poll)[1:])
    assert close_those_due() == 0
    overdue(poll)
    assert [close_those_due(), close_those_due()] == [1, 0]
    poll.refresh_from_db()
    assert (poll.why_closed, poll.winner.title, poll.profile) == (
        Closing.TIME,
        "The Lamp Room",
        [[[poll.winner_id], 1]],
    )
    assert close(poll=poll, why=Closing.CALLED_OFF).why_closed == Closing.TIME


def test_after_the_close_no_ballot_of_a_secret_poll_can_be_tied_to_its_voter(poll, club):
    first, second = books_of(poll)
    for place, voter in enumerate(voters(club, 5)):
        vote(poll=poll, membership=voter, marks=[second] if place % 2 else [first])
    close(poll=poll, why=Closing.TIME)
    poll.refresh_from_db()
    assert ([ballot.marks for ballot in poll.ballots.all()], poll.profile) == ([[]] * 5, [[[first], 3], [[second], 2]])


def test_an_open_poll_tells_afterwards_who_wished_for_what_but_never_of_those_unseen(club, member, quiet_ally):
    poll = a_poll(club, is_secret=False)
    first, _second = books_of(poll)
    for voter in (member, a_member(club, quiet_ally)):
        vote(poll=poll, membership=voter, marks=[first])
    assert "Wished for by" not in client_of(member.ally).get(poll.get_absolute_url()).content.decode()
    close(poll=poll, why=Closing.TIME)
    page = client_of(member.ally).get(poll.get_absolute_url()).content.decode()
    assert ["Wished for by" in page, "Milo Ferrant" in page, quiet_ally.name in page] == [True, True, False]


def test_too_few_ballots_choose_nothing(club, member):
    poll = a_poll(club, quorum=2)
    vote(poll=poll, membership=member, marks=books_of(poll)[:1])
    poll = close(poll=poll, why=Closing.TIME)
    assert (poll.winner, poll.is_undecided) == (None, False)
    assert "Too few voted" in client_of(member.ally).get(poll.get_absolute_url()).content.decode()


@pytest.mark.parametrize("rule", [TieRule.EARLIEST, TieRule.LOT])
def test_a_tie_is_broken_as_declared(club, member, rule):
    poll = a_poll(club, tie_rule=rule)
    vote(poll=poll, membership=member, marks=books_of(poll))
    poll = close(poll=poll, why=Closing.TIME)
    assert (poll.winner_id, poll.settled_by_tie_rule) == (poll.lot[0], True)
    assert rule != TieRule.EARLIEST or poll.lot == books_of(poll)


def test_the_organisers_settle_a_tie_where_that_was_declared_and_only_once(club, member, organiser):
    poll = a_poll(club, tie_rule=TieRule.ORGANISERS)
    first, second = books_of(poll)
    vote(poll=poll, membership=member, marks=[first, second])
    poll = close(poll=poll, why=Closing.TIME)
    assert (poll.winner, poll.is_undecided) == (None, True)
    with pytest.raises(services.NotAmongThem):
        settle(poll=poll, book_id=0)
    for choice in (second, first):
        client_of(organiser).post(f"{poll.get_absolute_url()}settle/", {"book": choice})
    poll.refresh_from_db()
    assert poll.winner_id == second


def test_a_ranked_ballot_is_kept_in_its_order_and_the_rounds_are_shown(club, member, organiser):
    poll = a_poll(club, ("Slow Trains", "The Lamp Room", "Ledgers"), method="runoff")
    one, two, three = books_of(poll)
    ranked = {f"place_{one}": "", f"place_{two}": "2", f"place_{three}": "1"}
    assert client_of(member.ally).post(poll.get_absolute_url(), ranked).status_code == 302
    assert Ballot.objects.get().marks == [three, two]
    for voter, marks in zip(voters(club, 4), ([one], [one], [two], [three]), strict=True):
        vote(poll=poll, membership=voter, marks=marks)
    close(poll=poll, why=Closing.TIME)
    page = client_of(organiser).get(poll.get_absolute_url()).content.decode()
    assert ["Round 1" in page, "The Lamp Room leaves" in page] == [True, True]


@pytest.mark.parametrize(
    ("method", "data", "said"),
    [
        ("approval", {}, "Tick one at least."),
        ("approval", {"some": "99999"}, "Select a valid choice"),
        ("single", {"one": "x\x00"}, "Select a valid choice"),
        ("borda", {}, "Give a place to one at least"),
        ("borda", {"place_{0}": "1", "place_{1}": "1"}, "Two books have the same place."),
        ("condorcet", {"place_{0}": "7"}, "Select a valid choice"),
    ],
)
def test_a_ballot_that_cannot_be_counted_is_refused_in_place(club, member, method, data, said):
    poll = a_poll(club, method=method)
    sent = {name.format(*books_of(poll)): value for name, value in data.items()}
    page = client_of(member.ally).post(poll.get_absolute_url(), sent)
    assert (page.status_code, said in page.content.decode(), Ballot.objects.count()) == (422, True, 0)


def test_of_two_organisers_who_move_the_close_at_once_the_second_is_told(poll, organiser):
    days = [timezone.localtime() + timedelta(days=n) for n in (9, 11)]
    sent = [{"edition": 1, "closes_at_0": f"{day:%Y-%m-%d}", "closes_at_1": "12:00"} for day in days]
    answers = [client_of(organiser).post(f"{poll.get_absolute_url()}move/", one) for one in sent]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "Somebody else saved this while you were writing." in answers[1].content.decode()
    with pytest.raises(ChangedMeanwhile):
        services.change_closing(poll=poll, edition=1, closes_at=days[1])
    poll.refresh_from_db()
    assert timezone.localtime(poll.closes_at).date() == days[0].date()


def test_a_poll_called_off_counts_nothing_and_another_may_open(poll, member, organiser, club):
    vote(poll=poll, membership=member, marks=books_of(poll)[:1])
    browser = client_of(organiser)
    assert browser.post(f"{poll.get_absolute_url()}end/", {"off": "1"}).status_code == 302
    assert Poll.objects.running().count() == 1
    browser.post(f"{poll.get_absolute_url()}end/", {"off": "1", "words": "The library has neither."})
    poll.refresh_from_db()
    assert (poll.why_closed, poll.profile, poll.winner, Ballot.objects.get().marks) == (
        Closing.CALLED_OFF,
        [],
        None,
        [],
    )
    services.open_poll(club=club, books=list(poll.books.all()), closes_at=timezone.now() + timedelta(days=1))


def test_members_hear_of_a_poll_as_long_as_it_concerns_them(poll, member, club):
    event = f"open:{poll.pk}:{member.pk}"
    heard = [still_wanted(member.ally.user, event)]
    vote(poll=poll, membership=member, marks=books_of(poll)[:1])
    heard.append(still_wanted(member.ally.user, event))
    close(poll=poll, why=Closing.TIME)
    heard.append(still_wanted(member.ally.user, f"closed:{poll.pk}:{member.pk}"))
    number, user = member.pk, member.ally.user
    member.delete()
    heard.append(still_wanted(user, f"closed:{poll.pk}:{number}"))
    assert heard == [True, False, True, False]
