"""Reads a folder that `export_content` has written: see README, "Taking your texts out"."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from content.markdown.folder import BadFolder
from content.markdown.importing import read_back


class Command(BaseCommand):
    help = "Pages, pictures, topics, series and authors from a folder of `export_content`. All of it, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        try:
            done = read_back(root=folder, progress=lambda texts: tqdm(texts, unit="page", disable=None))
        except BadFolder as error:
            raise CommandError("Nothing was changed:\n" + "\n".join(f"· {problem}" for problem in error.problems))
        self.stdout.write(f"{len(done.pages)} pages and {len(done.pictures)} pictures are on the site.")
