"""Brings a WordPress export to this site: see README, "Coming from WordPress"."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from content.pages.articles import ArticleIndexPage
from content.wordpress.importing import import_export
from content.wordpress.wxr import BadExport


class Command(BaseCommand):
    help = "Posts, pages, pictures and comments of a WordPress export (WXR). All of it, or nothing; again, it updates."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("export", type=Path, help="the file that Tools → Export gives")
        parser.add_argument("--media", type=Path, help="a copy of wp-content/uploads")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
        parser.add_argument(
            "--overwrite", action="store_true", help="also where a page was changed or deleted here since"
        )
        parser.add_argument("--report", type=Path, help="where the report goes (beside the export otherwise)")

    def handle(self, *args: Any, **options: Any) -> None:
        export, media = options["export"], options["media"]
        if not export.is_file():
            raise CommandError(f"There is no file {export}.")
        if media and not media.is_dir():
            raise CommandError(f"There is no folder {media}.")
        if not ArticleIndexPage.objects.exists():
            raise CommandError("The site has no list of articles yet: run manage.py setup_site first.")
        try:
            report = import_export(
                export, media=media, overwrite=options["overwrite"], dry_run=options["dry_run"], progress=shown
            )
        except BadExport as error:
            raise CommandError(f"Nothing was changed. {error}")
        self.tell(report.text(), options["report"] or export.with_name(f"{export.stem}-report.txt"), options["dry_run"])

    def tell(self, text: str, file: Path, dry_run: bool) -> None:
        head = "A dry run: nothing was changed.\n" if dry_run else ""
        self.stdout.write(head + text)
        try:
            file.write_text(head + text, encoding="utf-8")
        except OSError as error:
            self.stdout.write(f"The report could not be kept in {file}: {error.strerror}.")
        else:
            self.stdout.write(f"This report is also in {file}.")


def shown(things: Iterable[Any], total: int) -> Iterable[Any]:
    return tqdm(things, total=total, unit="post", disable=None)
