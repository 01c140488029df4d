"""The canary of hidden clubs: nobody outside reads of one on any page, feed, map of the site, form or export."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clubs.groups.models import Access, Waiting
from clubs.groups.pictures import hang_up
from clubs.meetings.afterwards import keep
from clubs.meetings.dates import offer_dates
from content.models import Topic
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_meeting, a_member, a_picture_file, a_reading
from tests.permissions.walk import addresses, text_of, walk

pytestmark = pytest.mark.django_db

#: Its name, purpose, rules, hours, language, topic, book, a meeting's place, its call, its notes, a day looked for.
CANARIES = ["Thistledown", "murmuration", "gillyflower", "quatrain", "suomi", "Sextants", "Palimpsest", "Oxbow lake"]
CANARIES += ["call.hidden.example", "ebb tide", "Halcyon"]
OUTSIDE = ["visitor", "newcomer", "ally", "quiet_ally", "member", "author", "editor", "steward", "admin"]
ASKED = [
    "/clubs/?q=thistle",
    "/clubs/?topic=sextants",
    "/clubs/?language=fi",
    "/clubs/?mix=2",
    "/search/?q=thistle",
    "/subscribe/",
    "/sitemap.xml",
    "/feed.json",
    "/articles/feed/",
    "/me/data/",
]


@pytest.fixture
def hidden(world):
    about = {"purpose": "A murmuration.", "rules": "No gillyflower.", "usually": "At every quatrain", "language": "fi"}
    topic = Topic.objects.create(name="Sextants", slug="sextants")
    club = a_club(make_ally("Una Sedge"), "Thistledown", access=Access.PRIVATE, cap=2, topics=[topic], **about)
    reading = a_reading(club, title="Palimpsest")
    a_meeting(club, sections=reading.sections.all(), place="Oxbow lake", call_link="https://call.hidden.example/")
    been = a_meeting(club, timezone.now() - timedelta(days=2))
    keep(meeting=been, edition=1, words={"text": "At ebb tide.", "decisions": "", "actions": ""})
    offer_dates(club=club, moments=[timezone.now() + timedelta(days=5)], zone="UTC", title="Halcyon days")
    hang_up(club=club, file=a_picture_file())
    Waiting.objects.create(club=club, ally=a_member(world.club, make_ally("Wim Teller")).ally)
    return club


def test_nobody_outside_reads_of_a_hidden_club(world, hidden, clients):
    # A topic is public for the articles that have it; the club must not be what shows it. Whoever proposes a book
    # chooses among all languages. The letterbox of a trial shows every letter, whoever's test wrote it.
    shown_to_all = ("/cms/", "/articles/topics/", "/mails/")
    inside = hidden.get_absolute_url()
    asked = [*ASKED, inside, f"{inside}picture/", f"{inside}members/"]
    paths = [path for path in {*addresses(world), *asked} if not path.startswith(shown_to_all)]
    found = [
        f"{role} {path}: {word}"
        for role in OUTSIDE
        for path, answer in walk(clients[role](), sorted(paths))
        for word in CANARIES
        if word in text_of(answer)
    ]
    found = [one for one in found if not one.endswith("/books/nominate/: suomi")]
    assert [one for one in found if "Sextants" not in one or "/clubs/" in one] == []


def test_its_member_reads_of_it_so_the_canary_sings(world, hidden):

    insider = hidden.memberships.get().ally
    inside = hidden.get_absolute_url()
    pages = [inside, "/clubs/", f"{inside}edit/", f"{inside}meetings/"]
    pages += [meeting.get_absolute_url() for meeting in hidden.meetings.all()]
    seen = "".join(text_of(answer) for _path, answer in walk(client_of(insider), pages))
    assert [word for word in CANARIES if word not in seen] == []
