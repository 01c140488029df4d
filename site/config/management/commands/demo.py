"""Moves the demo organisation in, or takes exactly it away again."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo import build


class Command(BaseCommand):
    help = "The demo organisation: 3 divisions, 10 departments, 120 allies, articles, clubs. `--remove` takes it away."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="take away the demo and nothing else")
        parser.add_argument("--password", help="what its people sign in with (or DEMO_PASSWORD)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            build.remove()
            self.stdout.write("The demo organisation is gone.")
            return
        password = options["password"] or os.environ.get("DEMO_PASSWORD", "")
        if not password:
            raise CommandError("Give the demo's people a password: --password, or DEMO_PASSWORD.")
        build.ensure(password=password, say=self.stdout.write)
