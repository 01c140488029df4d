"""What every site needs before its first visitor; run at each release, changes nothing the second time."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from accounts.roles import ensure_roles
from accounts.services import make_steward
from content.starting import ensure_pages
from movement.actions.starter import ensure_ideas
from movement.pulse.starter import ensure_questions


class Command(BaseCommand):
    help = "Roles and their rights, the cache table, the primer and the standard pages. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--steward",
            metavar="EMAIL",
            help="make this person a steward (a link to set a password is mailed, and printed)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("createcachetable", verbosity=0)
        with transaction.atomic():
            ensure_roles()
            ensure_pages()
            ensure_ideas()
            ensure_questions()
        if options["steward"]:
            _user, link = make_steward(email=options["steward"])
            self.stdout.write(f"{options['steward']} is a steward now. The password is set at {link}")
