"""What the publishing registers with the floors below: talk under its pages, a way to stop its mails, personal data."""

from collections.abc import Iterator
from typing import Any

from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from accounts import personal_data
from accounts.models import User
from content import bylines
from content.mailings.doors import open_doors as open_mailings
from content.pagecache import forget
from content.pages.articles import ArticlePage
from content.pages.primer import ChapterPage
from content.pages.sorting import Author
from content.progress.models import ChapterMark
from content.search.library import register_library
from content.subscriptions.doors import open_doors as open_subscriptions
from content.wishes.doors import open_doors as open_wishes
from conversation import hosts


def is_public(_user: Any, page: Any) -> bool:
    """A draft, an unpublished or a private page has no talk for anybody."""
    return page.live and not page.is_letter and not page.get_view_restrictions()  # read once, kept with the page


def may_talk(user: Any, page: Any) -> bool:
    return is_public(user, page) and page.may_talk(user)


def why_closed(_user: Any, page: Any) -> str:
    return str(page.why_talk_is_closed)


def authors_of(article: ArticlePage) -> set[tuple[int, str]]:
    return {(author.user_id, author.name) for author in article.bylines if author.user_id}


def portraits(user: User) -> Iterator[tuple[str, FieldFile]]:
    for author in Author.objects.filter(user=user, portrait__isnull=False).select_related("portrait"):
        if author.portrait:
            yield author.portrait.file.name, author.portrait.file


def open_all() -> None:
    register_library()
    open_subscriptions()
    open_mailings()
    open_wishes()
    for model, authors in ((ArticlePage, authors_of), (ChapterPage, lambda _page: set())):
        hosts.register(
            hosts.Host(
                model=model,
                visible_to=is_public,
                may_write=may_talk,
                why_closed=why_closed,
                author_users=authors,
                changed=lambda _page: forget(),
            )
        )
    personal_data.declare(
        ChapterMark,
        export=personal_data.rows(ChapterMark, "user", "chapter__title", "what", "at"),
        erase=personal_data.delete_rows(ChapterMark, "user"),
    )
    personal_data.declare(
        Author,
        export=personal_data.rows(Author, "user", "name", "biography", "portrait__title"),
        erase=bylines.erase,
        files=portraits,
    )
    label = _("Take my name off what I published as well")
    personal_data.offer(personal_data.Wish(name="byline", label=label, act=bylines.take_name_off, fits=bylines.has_one))
