"""The whole path, from reading to spread, walked in a real browser on the running site."""

import pytest

from tests.e2e import acts_meeting, acts_reading, acts_reading_together, acts_steering, acts_walking, acts_writing
from tests.e2e.conftest import Newcomer, Running
from tests.e2e.walk import Walk

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]


def test_the_whole_path_from_reading_to_spread(site: Running, newcomer: Newcomer) -> None:
    walk = Walk(site, newcomer)

    reader = acts_reading.a_reader_reads(walk)
    acts_reading.they_comment(walk, reader)
    acts_reading.they_subscribe(walk, reader)

    acts_writing.an_author_writes(walk)
    acts_writing.an_editor_publishes(walk)
    acts_writing.the_subscriber_reads_it(walk)
    acts_writing.and_stops_the_letters(walk)

    ally = acts_meeting.somebody_becomes_an_ally(walk)
    acts_walking.they_read_chapter_one(walk, ally)
    acts_walking.they_say_it_in_their_own_words(ally)
    acts_walking.today_knows_it(ally)
    acts_meeting.they_find_allies_elsewhere(walk, ally)
    acts_meeting.and_bring_a_colleague(walk, ally)

    acts_reading_together.they_join_a_reading_group(walk, ally)
    acts_reading_together.their_calendar_has_it(walk, ally)
    acts_reading_together.they_note_a_small_action(walk, ally)
    acts_reading_together.they_write_a_card(ally)

    acts_steering.an_ally_sees_how_far_it_has_come(walk)
    acts_steering.a_steward_adds_departments(walk)
