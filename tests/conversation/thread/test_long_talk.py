"""Ten thousand comments under one page: it reads as quickly as fifty."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django_comments.models import Comment as LibraryComment

from conversation import thread
from conversation.models import Comment
from tests.conversation.conftest import rendered, say

pytestmark = pytest.mark.django_db
MOST = 6


def talk_of(target, number: int, *, strand: int = 5) -> None:
    """As `services.place` would leave them, without its ten thousand round trips: every fifth is a root."""
    first = say(target, "0").pk
    columns = {"content_type_id": target.content_type.pk, "object_pk": str(target.thing.pk), "site_id": 1}
    plain = Comment.objects.get().submit_date
    rows = [
        LibraryComment(pk=first + place, user_name="Hester Vane", comment=str(place), submit_date=plain, **columns)
        for place in range(1, number)
    ]
    LibraryComment.objects.bulk_create(rows, batch_size=500)
    library, own = [], []
    for place in range(1, number):
        root = first + place // strand * strand
        level = int(first + place != root)
        library.append((first + place, root, root, level, place % strand + 1, False, 0 if level else strand - 1))
        own.append((first + place, target.key, root, "", "", "", False))
    with connection.cursor() as cursor:
        cursor.executemany(
            'INSERT INTO django_comments_xtd_xtdcomment (comment_ptr_id, thread_id, parent_id, level, "order",'
            " followup, nested_count) VALUES (%s, %s, %s, %s, %s, %s, %s)",
            library,
        )
        cursor.executemany(
            "INSERT INTO conversation_comment (library_row_id, talk, root, removed_by, removed_why, held_for,"
            " is_demo)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            own,
        )
        cursor.execute("ANALYZE")


@pytest.mark.parametrize("number", [50, 10_000])
def test_a_page_of_fifty_costs_the_same_at_fifty_and_at_ten_thousand(target, django_assert_max_num_queries, number):
    talk_of(target, number)
    last = Comment.objects.order_by("-pk")[0].pk
    for query in ("", f"?comments=at-{last}", f"?comments=after-{last - 40}", "?comments=new", f"?comments=new-{last}"):
        with django_assert_max_num_queries(MOST):
            page = rendered(target, AnonymousUser(), query)
        assert f'id="comment-{last}"' in page or query in ("", f"?comments=new-{last}"), query


def test_the_page_is_read_along_one_index_and_nothing_is_sorted(target):
    talk_of(target, 10_000)
    shown = Comment.objects.under(target).shown().oldest_first()
    last = Comment.objects.order_by("pk")[5_000]
    for page in (shown, shown.after(last), shown.opening_at(last)):
        plan = page[:51].explain()
        assert "comment_in_talk" in plan, plan
        assert "TEMP B-TREE" not in plan, plan
        assert "Seq Scan" not in plan, plan
    assert [
        entry.comment.comment
        for strand in thread.read(target=target, user=AnonymousUser()).strands[:2]
        for entry in [strand.root, *strand.replies]
    ] == [str(place) for place in range(10)]
