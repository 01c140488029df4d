"""An article or a chapter of this site as the thing to read."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from content.pages.articles import ArticlePage
from content.pages.primer import ChapterPage
from content.settings import OrganisationSettings


def readable(user: Any) -> list[tuple[int, str]]:
    """What this person may read here, by number: the primer's chapters, then the articles, the newest first."""
    chapters = ChapterPage.objects.visible_to(user).order_by("path").values_list("pk", "title")
    articles = ArticlePage.objects.public_ones().order_by("-shown_at").values_list("pk", "title")[:60]
    return [*chapters, *articles]


def may_read(user: Any, page_id: int | None) -> Page | None:
    """The page, if it may be named to this person; asked again whenever it is shown."""
    if page_id is None:
        return None
    return (
        ChapterPage.objects.visible_to(user).filter(pk=page_id).first()
        or ArticlePage.objects.public_ones().filter(pk=page_id).first()
    )


def begun_with(page: Page) -> dict[str, Any]:
    """What stands in the form for a book when this page is chosen: one section, without pages."""
    authors = [str(author) for author in page.authors.all()] if isinstance(page, ArticlePage) else []
    author = ", ".join(authors)[:120] or OrganisationSettings.current().name or _("From the primer")
    return {"title": page.title[:160], "author": author, "sections": page.title[:120], "page": page.pk}
