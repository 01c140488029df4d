"""Fills a database: the demo organisation first (so that everything exists), then as many of each as was asked for."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from tqdm import tqdm

from accounts.models import User
from clubs.groups.models import Club
from config.demo import build
from content.pages.articles import ArticleIndexPage, ArticlePage
from content.pages.sorting import Author, Topic
from content.search.keeping import keep
from conversation.models import Comment
from movement.actions.models import Action, Kind
from movement.allies.models import Ally, Unit, Visibility
from movement.spread.models import UnitSnapshot
from movement.spread.services import refresh
from movement.tasks import draw_growth

COMMENTS_OF_THE_ARTICLE = 20
A_BATCH = 1_000
WORDS = [
    "service",
    "handover",
    "invoice",
    "depot",
    "question",
    "answer",
    "colleague",
    "Monday",
    "report",
    "pallet",
    "counter",
    "letter",
    "shift",
    "van",
]


@dataclass(frozen=True)
class World:
    """What is measured: the slug of an article with 20 comments, of a club, and the ally who is signed in."""

    article: str
    club: str
    reader: User


def fill(*, allies: int, articles: int, comments: int, actions: int) -> World:
    random.seed(7)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("setup_site")
    build.ensure(password="bench-password", say=lambda _line: None)
    everybody = add_allies(allies - Ally.objects.count())
    pages = add_articles(articles - ArticlePage.objects.count())
    measured = pages[0] if pages else ArticlePage.objects.first()
    Comment.objects.filter(object_pk=str(measured.pk)).delete()
    add_comments([measured], COMMENTS_OF_THE_ARTICLE, everybody)
    add_comments(pages[1:] or [measured], comments - COMMENTS_OF_THE_ARTICLE, everybody)
    add_actions(actions - Action.objects.count(), everybody)
    UnitSnapshot.objects.all().delete()
    refresh()
    draw_growth.func()
    club = Club.objects.filter(access="open").first()
    return World(article=measured.slug, club=club.slug, reader=club.memberships.order_by("pk").first().ally.user)


def progress(rows: Iterable[Any], what: str, total: int) -> Any:
    return tqdm(rows, desc=f"{what:<10}", total=total, unit="", ncols=80)


def sentence(words: int) -> str:
    return " ".join(random.choices(WORDS, k=words)).capitalize() + "."


def add_allies(count: int) -> list[Ally]:
    units, now = list(Unit.objects.departments()), timezone.now()
    kinds = [Visibility.OPEN] * 7 + [Visibility.ALIAS] * 2 + [Visibility.QUIET]
    for start in progress(range(0, max(count, 0), A_BATCH), "allies", -(-count // A_BATCH)):
        numbers = range(start, min(count, start + A_BATCH))
        users = User.objects.bulk_create(User(email=f"bench{number}@bench.example", password="!") for number in numbers)
        Ally.objects.bulk_create(
            Ally(
                user=user,
                name=f"Person {number}",
                alias=f"Night Ferry {number}",
                visibility=kinds[number % len(kinds)],
                unit=units[number % len(units)],
                role="Planner",
                about=sentence(8),
                joined_at=now - timedelta(days=random.randint(1, 500)),
            )
            for number, user in zip(numbers, users, strict=True)
        )
    return list(Ally.objects.select_related("user"))


@transaction.atomic
def add_articles(count: int) -> list[ArticlePage]:
    index, topics, authors = ArticleIndexPage.objects.get(), list(Topic.objects.all()), list(Author.objects.all())
    made = []
    for number in progress(range(max(count, 0)), "articles", count):
        body = [("text", "".join(f"<p>{sentence(60)}</p>" for _paragraph in range(10))), ("pull", sentence(8))]
        page = ArticlePage(
            title=f"Bench {number}: {sentence(4)}",
            slug=f"bench-{number}",
            standfirst=sentence(20),
            body=body,
            shown_at=timezone.now() - timedelta(hours=number),
        )
        index.add_child(instance=page)
        page.authors.set([authors[number % len(authors)]])
        page.topics.set([topics[number % len(topics)]])
        page.save()
        keep(page)
        made.append(page)
    return made


@transaction.atomic
def add_comments(pages: list[ArticlePage], count: int, writers: list[Ally]) -> None:
    """Straight into the library's three tables: one by one through the door takes minutes. Every third is a reply."""
    kind = ContentType.objects.get_for_model(ArticlePage).pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM django_comments")
        first = cursor.fetchone()[0] + 1
        for start in progress(range(0, count, A_BATCH), "comments", -(-count // A_BATCH)):
            rows = [
                comment_row(first + number, number, pages, writers, kind)
                for number in range(start, min(count, start + A_BATCH))
            ]
            for table, place in (
                ("django_comments", 0),
                ("django_comments_xtd_xtdcomment", 1),
                ("conversation_comment", 2),
            ):
                columns = list(rows[0][place])
                marks = ", ".join(["%s"] * len(columns))
                names = ", ".join(connection.ops.quote_name(name) for name in columns)
                cursor.executemany(
                    f"INSERT INTO {table} ({names}) VALUES ({marks})",
                    [list(row[place].values()) for row in rows],
                )
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('django_comments', 'id'), (SELECT MAX(id) FROM django_comments))"
            )


def comment_row(
    pk: int, number: int, pages: list[ArticlePage], writers: list[Ally], kind: int
) -> tuple[dict[str, Any], ...]:
    """One comment in its three tables: threads of three, a root and two replies, under the same page."""
    page, writer, step = pages[(number // 3) % len(pages)], writers[number % len(writers)], number % 3
    root = pk - step
    written = timezone.now() - timedelta(minutes=number)
    library = {
        "id": pk,
        "content_type_id": kind,
        "object_pk": str(page.pk),
        "site_id": 1,
        "user_id": writer.user_id,
        "user_name": writer.shown_name or "Somebody",
        "user_email": "",
        "user_url": "",
        "comment": sentence(25),
        "submit_date": written,
        "is_public": True,
        "is_removed": False,
    }
    thread = {
        "comment_ptr_id": pk,
        "thread_id": root,
        "parent_id": root,
        "level": int(step > 0),
        "order": step + 1,
        "followup": False,
        "nested_count": 2 if step == 0 else 0,
    }
    ours = {
        "library_row_id": pk,
        "removed_by": "",
        "removed_why": "",
        "is_demo": False,
        "reply_to_id": root if step else None,
    }
    return library, thread, ours


def add_actions(count: int, allies: list[Ally]) -> None:
    today, kinds = timezone.localdate(), list(Kind)
    for start in progress(range(0, max(count, 0), A_BATCH), "actions", -(-count // A_BATCH)):
        Action.objects.bulk_create(
            Action(
                ally=allies[number % len(allies)],
                text=sentence(12),
                kind=kinds[number % len(kinds)],
                done_on=today - timedelta(days=number % 400),
            )
            for number in range(start, min(count, start + A_BATCH))
        )
