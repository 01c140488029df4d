"""The words in which the permission matrix is written: roles, rows, outcomes."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.http import HttpResponse

#: "unverified" has signed up and confirmed nothing; "newcomer" has confirmed, and was not welcomed yet (no Ally).
VISITORS = frozenset({"visitor", "unverified"})
SIGNED_IN = frozenset(
    {"newcomer", "ally", "alias_ally", "quiet_ally", "member", "organiser", "author", "editor", "steward", "admin"}
)
EVERYONE = VISITORS | SIGNED_IN
ALLIES = SIGNED_IN - {"newcomer", "admin"}
MEMBERS = frozenset({"member", "organiser"})
ORGANISERS = frozenset({"organiser"})
#: "ally" is the one who owns the world's action, persona card, comment and so on.
OWNER = frozenset({"ally"})
CMS = frozenset({"author", "editor", "steward", "admin"})
EDITORS = frozenset({"editor", "steward", "admin"})
STEWARDS = frozenset({"steward", "admin"})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Row:
    """Who may GET and who may POST one URL name. None: the method is not offered to anybody (405 or 404).

    `kwargs` is a dict or a function of the world; `data` is what is posted (empty by default: a form with errors is
    an answer too). `get_status` is what a permitted GET answers where that is not 200, such as a redirect; several
    where it depends on the person.
    """

    name: str
    kwargs: Mapping[str, Any] | Callable[[SimpleNamespace], Mapping[str, Any]] | None = None
    get: frozenset[str] | None = None
    post: frozenset[str] | None = None
    data: Mapping[str, Any] | None = None
    get_status: int | tuple[int, ...] = 200

    def address(self, world: SimpleNamespace) -> Mapping[str, Any]:
        return self.kwargs(world) if callable(self.kwargs) else (self.kwargs or {})


def sent_away(response: HttpResponse) -> bool:
    """To sign in, or to be welcomed first: not let in, politely."""
    return response.status_code in (302, 303) and response["Location"].startswith(("/accounts/login/", "/welcome/"))


def refused(response: HttpResponse) -> bool:
    return response.status_code in (404, 405) or sent_away(response)


def shown(response: HttpResponse, row: Row) -> bool:
    """A permitted GET answers exactly what its row says."""
    expected = row.get_status if isinstance(row.get_status, tuple) else (row.get_status,)
    return response.status_code in expected and (leads_on(row) or not sent_away(response))


def heard(response: HttpResponse, row: Row) -> bool:
    """A permitted POST: the page, a redirect elsewhere, or a form that says what is wrong with it."""
    answered = response.status_code in {200, 201, 202, 204, 302, 303, 400, 422, 429}
    return answered and (leads_on(row) or not sent_away(response))


def leads_on(row: Row) -> bool:
    """Its only answer is a redirect, be it to the login."""
    return row.get_status == 302


def rows_by_part() -> dict[str, list[Row]]:
    """The rows of every file in `rows/`, by its name."""
    files = sorted((Path(__file__).parent / "rows").glob("*.py"))
    return {file.stem: importlib.import_module(f"tests.permissions.rows.{file.stem}").ROWS for file in files}


def all_rows() -> list[Row]:
    return [row for rows in rows_by_part().values() for row in rows]
