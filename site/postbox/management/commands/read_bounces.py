from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from postbox.bounces.emptying import read_mailbox


class Command(BaseCommand):
    help = "Reads the mailbox BOUNCE_MAILBOX once: mails that came back, and mails that ask for no more."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.BOUNCE_MAILBOX:
            raise CommandError("Set BOUNCE_MAILBOX in the environment first.")
        self.stdout.write(f"{read_mailbox()} mails read.")
