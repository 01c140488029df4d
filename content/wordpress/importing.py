"""Everything of a WordPress export, in one transaction: all of it, or nothing."""

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.db import reset_queries, transaction
from wagtail.models import Page, Revision

from content.pagecache import forget
from content.pages.articles import ArticlePage
from content.pictures import Added
from content.quietly import quietly, settle
from content.wordpress.media import Media
from content.wordpress.models import Imported
from content.wordpress.old_addresses import add_lists, add_redirects, old_lists, old_paths
from content.wordpress.placing import LATER, Placing
from content.wordpress.report import Report
from content.wordpress.sorting import Sorting
from content.wordpress.survey import LEFT_OUT, digest, survey
from content.wordpress.talk import bring_talk
from content.wordpress.wxr import Item

Progress = Callable[[Iterable[Any], int], Iterable[Any]]
A_BATCH = 100


def import_export(
    path: Path,
    *,
    media: Path | None = None,
    overwrite: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda things, _total: things,
) -> Report:
    """The file is read twice: whether it is whole (BadExport otherwise), then item by item.

    Everything is one transaction. When it fails, and for a dry run, rows and stored pictures are taken back. Nobody
    gets a mail: neither subscribers nor those who follow a talk.
    """
    found = survey(path)
    report = Report()
    with Added() as added, quietly(), transaction.atomic():
        placing = Placing(found, Media(found, media, added), Sorting(found), report)
        Run(placing, media is not None, overwrite).all_of(progress)
        report.count("pictures", len(added.files))
        for kind, number in found.other_kinds.items():
            report.note("Not taken along", f"{number} × {kind}")
        if dry_run:
            added.keep = False
            transaction.set_rollback(True)
        else:
            forget()
    return report


class Run:
    def __init__(self, placing: Placing, has_media: bool, overwrite: bool) -> None:
        self.placing, self.has_media, self.overwrite = placing, has_media, overwrite
        self.survey, self.report = placing.survey, placing.report
        self.changed: list[int] = []
        self.redirects: list[tuple[str, int]] = []

    def all_of(self, progress: Progress) -> None:
        for item in progress(self.survey.items(), self.survey.total):
            self.one(item)
            if len(self.redirects) >= A_BATCH:
                self.report_redirects()
            reset_queries()
        self.report_redirects()
        if lists := add_lists(old_lists(self.survey, self.placing.sorting)):
            self.report.count("old addresses", lists)
        for number in self.placing.unfinished:
            finish_links(number, self.placing.pages)
        settle(self.changed)

    def one(self, item: Item) -> None:
        if item.status in LEFT_OUT or not item.number:
            self.report.count(f"left out ({item.status or 'without a number'})")
            return
        key, read = f"post:{item.number}", digest(item, self.has_media)
        known = Imported.objects.of(self.survey.source, [key]).get(key)
        page = self.wanted(item, known, read)
        if page is None:
            page = self.placing.place(item, known)
            self.changed.append(page.pk)
            left = {"target": page.pk, "digest": read, "left_as": str(page.latest_revision_id)}
            Imported.objects.update_or_create(source=self.survey.source, key=key, defaults=left)
        elif not isinstance(page, Page):
            return
        self.placing.pages[item.number] = page.pk
        if page.live or page.go_live_at:
            self.redirects += [(path, page.pk) for path in old_paths(item)]
        self.talk(item, page)

    def wanted(self, item: Item, known: Imported | None, read: str) -> Any:
        """None: write it. A page: it stays as it is. False: it was deleted here, and stays so."""
        if known is None:
            return None
        page = Page.objects.filter(pk=known.target).first()
        if page is None:
            if self.overwrite:
                return None
            self.report.note(item.label, "it was deleted here and is not brought back (--overwrite does)")
            return False
        if str(page.latest_revision_id) != known.left_as and not self.overwrite:
            self.report.count("changed here, kept")
            self.report.note(item.label, "it was changed here since: kept (--overwrite takes the old site’s)")
            return page.specific
        if read == known.digest and not self.overwrite:
            self.report.count("unchanged")
            return page.specific
        return None

    def talk(self, item: Item, page: Any) -> None:
        if not item.comments:
            return
        if isinstance(page, ArticlePage):
            bring_talk(item, page, self.survey, self.report, overwrite=self.overwrite)
        else:
            self.report.note(item.label, f"{len(item.comments)} comments are left out: only articles have a talk here")

    def report_redirects(self) -> None:
        if self.redirects:
            self.report.count("old addresses", add_redirects(self.redirects))
        self.redirects = []


def finish_links(number: int, pages: dict[int, int]) -> None:
    """Links to posts that came later in the file now lead to their pages; those to none lose their address."""
    page: Any = Page.objects.get(pk=number).specific

    def finished(text: str) -> str:
        def page_of(found: re.Match[str]) -> str:
            return f'id=\\"{pages[int(found[1])]}\\"' if int(found[1]) in pages else 'id=\\"0\\"'

        return re.sub(rf'id=\\"{LATER}(\d+)\\"', page_of, text)

    body = finished(json.dumps(page.body.get_prep_value()))
    page.body = body
    type(page).objects.filter(pk=number).update(body=page.body)
    revision = Revision.objects.get(pk=page.latest_revision_id)
    revision.content["body"] = finished(revision.content["body"])
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)
