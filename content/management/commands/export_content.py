"""Writes everything published here as Markdown: see README, "Taking your texts out"."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from content.markdown.exporting import NotAnExport, export


class Command(BaseCommand):
    help = "All pages as Markdown with front matter, with their pictures, topics, series and authors. No personal data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="new, empty, or an earlier export, which is written anew")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if folder.exists() and not folder.is_dir():
            raise CommandError(f"{folder} is a file.")
        try:
            done = export(to=folder, progress=lambda pages: tqdm(pages, unit="page", disable=None))
        except NotAnExport:
            raise CommandError(f"{folder} holds other things. Name a new folder, or one that an export has written.")
        for note in sorted(set(done.notes)):
            self.stdout.write(f"· {note}")
        self.stdout.write(f"{len(done.pages)} pages and {len(done.pictures)} pictures are in {folder}.")
