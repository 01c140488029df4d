"""Two locks on the door: a simulation gets neither into the site's own database nor into any that holds somebody."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from accounts.models import User

#: The end of every address that a simulation makes up; nobody can have one (RFC 2606).
NOBODYS = "@simulated.invalid"


class NotScratch(Exception):
    """One sentence for whoever typed the address."""


def refuse_the_same(target: dict[str, Any], live: dict[str, Any]) -> None:
    """The first lock, before anything is opened: not where the site itself keeps its rows."""
    if target["ENGINE"].endswith("sqlite3"):
        if not target["NAME"] or target["NAME"] == ":memory:":
            raise NotScratch("A database in memory is gone before anybody can look at it: give a file.")
        same = live["ENGINE"].endswith("sqlite3") and Path(target["NAME"]).resolve() == Path(live["NAME"]).resolve()
    else:
        same = all(str(target.get(key) or "") == str(live.get(key) or "") for key in ("ENGINE", "HOST", "PORT", "NAME"))
    if same:
        raise NotScratch("That is the site's own database. A simulation is written into one of its own.")


def empty_or_refuse() -> None:
    """The second, on the database that is connected: it is new, or holds nothing but a simulation, which goes."""
    tables = set(connection.introspection.table_names())
    if not tables:
        call_command("migrate", verbosity=0, interactive=False)
        return
    if User._meta.db_table not in tables:
        raise NotScratch("That database has tables of something else.")
    if User.objects.exclude(email__endswith=NOBODYS).exists() or not User.objects.exists():
        raise NotScratch(
            "Somebody is in that database whom no simulation made. Choose a new file, or another database."
        )
    call_command("migrate", verbosity=0, interactive=False)
    call_command("flush", verbosity=0, interactive=False)
