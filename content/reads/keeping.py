"""From the counting processes into the database, where several of them add up."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from wagtail.models import Page

from accounts.models import User
from accounts.roles import EDITORS, STEWARDS
from content.pages.sorting import Author
from content.reads.models import PageReads

A_BATCH = 200  # rows of one statement: SQLite takes 999 parameters everywhere


@transaction.atomic
def keep(counts: Mapping[Any, int]) -> None:
    """Add what was counted, by `(page, day, person or None)`. Pages that are gone and people at work are left out."""
    at_work = people_at_work({(page, user) for page, _day, user in counts if user})
    there = set(Page.objects.filter(pk__in={page for page, _day, _user in counts}).values_list("pk", flat=True))
    sums: Counter[tuple[int, date]] = Counter()
    for (page, day, user), number in counts.items():
        if page in there and (page, user) not in at_work:
            sums[page, day] += number
    add([(page, day, number) for (page, day), number in sums.items()])


def people_at_work(reads: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those (page, person) of whom the person may edit the page: editors and stewards any, an author their own."""
    if not reads:
        return set()
    pages, users = {page for page, _user in reads}, {user for _page, user in reads}
    edit_all = Q(is_superuser=True) | Q(groups__name__in=(EDITORS, STEWARDS))
    everywhere = set(User.objects.filter(edit_all, pk__in=users).values_list("pk", flat=True))
    own = set(Page.objects.filter(pk__in=pages, owner__in=users).values_list("pk", "owner_id"))
    signed = set(Author.objects.filter(user__in=users, articles__in=pages).values_list("articles", "user_id"))
    return own | signed | {(page, user) for page, user in reads if user in everywhere}


def add(rows: list[tuple[int, date, int]], *, is_demo: bool = False) -> None:
    """One statement a batch, in the same order in every process, so that two of them cannot lock each other out."""
    table = connection.ops.quote_name(PageReads._meta.db_table)
    as_stored, rows = connection.ops.adapt_datefield_value, sorted(rows)
    for start in range(0, len(rows), A_BATCH):
        batch = rows[start : start + A_BATCH]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (page_id, day, reads, is_demo) VALUES "
                + ", ".join(["(%s, %s, %s, %s)"] * len(batch))
                + f" ON CONFLICT (page_id, day, is_demo) DO UPDATE SET reads = {table}.reads + excluded.reads",
                [value for page, day, number in batch for value in (page, as_stored(day), number, is_demo)],
            )
