"""A movement simulated on this organisation, in a database of its own."""

import os
import secrets
import subprocess
import sys
from dataclasses import fields
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.services import database

#: What each rule is, for `--help`; what follows from them is in `movement/spread/methods/agents.py`.
RULES = {
    "p": "share of those within reach who join in a month by themselves",
    "q": "what is added to it where the whole unit has joined (by the share that has)",
    "invitations": "how many an ally sends in all, on average",
    "acceptance": "share of them that is accepted by whoever has not joined",
    "generation": "weeks from joining to an invitation, on average",
    "generation_sd": "and their standard deviation",
    "inside": "share of invitations that stay in one's own unit",
    "activity": "small actions of an ally in a month",
    "leaving": "share of allies who leave in a month",
    "clubs": "share of allies who join a reading group",
    "club_size": "how many one has",
    "staying": "members of reading groups leave so many times as often (0.5: half)",
    "reachable": "share of the people who could ever join",
}


class Command(BaseCommand):
    help = (
        "Simulates people who invite, act, read together and leave, and writes that movement into a scratch database, "
        "so that /spread/ can be looked at on it. Without --units, on the organisation of the site's database. "
        "The site's own database is only read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        into = f"sqlite:///{settings.VAR / 'simulated.sqlite3'}"
        parser.add_argument("--into", metavar="URL", default=into, help="the scratch database (default: %(default)s)")
        parser.add_argument("--units", type=int, help="a made-up organisation of so many departments")
        parser.add_argument("--people", type=int, help="and so many people (default: 60 for each department)")
        parser.add_argument("--months", type=int, default=24, help="finished months (default: %(default)s)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same (default: %(default)s)")
        parser.add_argument("--here", action="store_true", help="used by the command itself in its child process")
        rules = parser.add_argument_group("the people")
        for rule in fields(self.rules()):
            kind = int if rule.type is int else float
            name = f"--{rule.name.replace('_', '-')}"
            text = f"{RULES[rule.name]} (default: %(default)s)"
            rules.add_argument(name, type=kind, default=rule.default, metavar="N", help=text)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["here"]:
            return self.write_here()
        self.write_there(self.plan_of(options), options["into"])

    @staticmethod
    def rules() -> Any:
        from movement.spread.methods.agents import Rules  # numpy: not for every command that is looked up

        return Rules

    def plan_of(self, options: dict[str, Any]) -> str:
        from config.simulation.plan import Plan, made_up_units, real_units

        units, rules = options["units"], self.rules()
        try:
            found = made_up_units(units, options["people"] or 60 * units) if units is not None else real_units()
            wanted = rules(**{rule.name: options[rule.name] for rule in fields(rules)})
            return Plan(found, wanted, options["months"], options["seed"]).to_text()
        except ValueError as error:
            raise CommandError(str(error)) from error

    def write_there(self, plan: str, url: str) -> None:
        """In a child process that knows no other database, no queue and no mail but its own."""
        from config.simulation.scratch import NotScratch, refuse_the_same

        try:
            refuse_the_same(database(url), settings.DATABASES["default"])
        except (NotScratch, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error
        command = [sys.executable, str(settings.ROOT / "manage.py"), "simulate_spread", "--here"]
        environment = os.environ | {"DATABASE_URL": url, "REDIS_URL": "", "LOCAL": "1", "EMAIL_URL": "folder"}
        done = subprocess.run(command, input=plan, text=True, env=environment, cwd=settings.ROOT, check=False)
        if done.returncode:
            raise CommandError("Nothing was written; the line above says why.")
        self.stdout.write(f"Look at it with: DATABASE_URL={url} DEMO=0 make serve")

    def write_here(self) -> None:
        """The plan comes in by the standard input."""
        from config.simulation.plan import Plan
        from config.simulation.scratch import NotScratch, empty_or_refuse
        from config.simulation.writing import LOOKER, write

        password = secrets.token_urlsafe(9)
        try:
            empty_or_refuse()
        except NotScratch as error:
            raise CommandError(str(error)) from error
        movement = write(Plan.from_text(sys.stdin.read()), password=password)
        joined, brought = len(movement.allies), sum(one.inviter is not None for one in movement.allies)
        self.stdout.write(f"{joined} joined, {brought} of them brought by others.")
        self.stdout.write(f"Sign in there as {LOOKER} with the password {password}")
