"""The pages that every new site begins with. Run again it adds what is missing and changes nothing that is there."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import frontmatter
from django.conf import settings
from wagtail.models import Locale, Page, Site

from content.links.gathering import ensure_gathered
from content.markdown_pages import blocks_of, html_of
from content.pages.articles import ArticleIndexPage
from content.pages.home import HomePage
from content.pages.primer import ChapterPage, PrimerPage
from content.pages.standard import StandardPage
from content.rights import grant_page_rights
from content.search.keeping import ensure_kept
from content.settings import OrganisationSettings

STARTER = Path(__file__).parent / "starter"
CHAPTER_FIELDS = ("ends_in", "exercise_title", "exercise_text", "exercise_label", "exercise_address")


def ensure_pages() -> HomePage:
    """Home, primer, list of articles and the standard pages, from `starter/`; and who may do what with pages."""
    OrganisationSettings.current()  # writes its row, so that no visitor's request has to
    home = HomePage.objects.first() or plant_home()
    place_site()
    primer = PrimerPage.objects.first() or plant_primer(home)
    for chapter in texts("primer/[0-9]*.md"):
        if not ChapterPage.objects.filter(slug=chapter["slug"]).exists():
            plant(primer, ChapterPage, chapter, **{name: str(chapter.get(name, "")) for name in CHAPTER_FIELDS})
    if not ArticleIndexPage.objects.exists():
        home.add_child(instance=ArticleIndexPage(title="Articles", slug="articles"))
    for text in texts("pages/*.md"):
        if not StandardPage.objects.filter(slug=text["slug"]).exists():
            plant(home, StandardPage, text)
    grant_page_rights(home)
    ensure_gathered()
    ensure_kept()
    return home


def texts(pattern: str) -> list[frontmatter.Post]:
    return [frontmatter.load(str(file)) for file in sorted(STARTER.glob(pattern))]


def plant_home() -> HomePage:
    (text,) = texts("home.md")
    fields = {name: value for name, value in text.metadata.items() if name not in ("title", "slug")}
    return place_home(HomePage(title="Home", slug="groundswell", idea=html_of(text.content), **fields))


def place_home(home: HomePage) -> HomePage:
    """The root of the site; Wagtail's own welcome page goes."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Root", slug="root"))
    home = root.add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.root_page, site.site_name = home, "Groundswell"
    site.save()
    Page.objects.filter(depth=2, slug="home", content_type__model="page").exclude(pk=home.pk).delete()
    return home


def place_site() -> None:
    """The CMS and the sitemap speak of the configured origin; at each release, since it may have moved."""
    origin = urlsplit(settings.SITE_URL)
    port = origin.port or (443 if origin.scheme == "https" else 80)
    Site.objects.filter(is_default_site=True).update(hostname=origin.hostname, port=port)
    Site.clear_site_root_paths_cache()


def plant_primer(home: HomePage) -> PrimerPage:
    (text,) = texts("primer/index.md")
    return plant(home, PrimerPage, text)


def plant(parent: Page, model: type[Any], text: frontmatter.Post, **fields: Any) -> Any:
    """A published page of this model with the text's title, address, summary and body."""
    page = model(
        title=text["title"],
        slug=text["slug"],
        summary=text.get("summary", ""),
        search_description=text.get("summary", ""),
        body=blocks_of(text.content),
        **fields,
    )
    parent.refresh_from_db()  # the tree counts its children in the row
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
