"""Divisions, departments and headcounts from a CSV file: all of it or nothing, every bad row named with its line.

Columns: division, department, headcount (in any order, with a heading line). A row without a department gives the
headcount of a division that has none. A second import updates what is there and removes nothing.
"""

import csv
import io
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from movement.allies.models import Unit
from movement.allies.names import FORMULA_SIGNS, refuse_hidden_characters, skeleton
from movement.allies.unit_history import MOST_PEOPLE

LARGEST_FILE = 1_000_000
MOST_ROWS = 5_000
COLUMNS = ("division", "department", "headcount")
LONGEST_NAME = 80


@dataclass(frozen=True)
class Problem:
    """Something that has to be put right; `line` is the line in the file (0: the file as a whole)."""

    line: int
    text: str


class BadFile(Exception):
    """Nothing was imported; `problems` says why, line by line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True)
class Row:
    line: int
    division: str
    department: str
    headcount: int


@dataclass(frozen=True)
class Outcome:
    added: int
    updated: int
    unchanged: int


def read_units(data: bytes) -> list[Row]:
    """The rows of the file. Raises BadFile with every problem found, not only the first."""
    if len(data) > LARGEST_FILE:
        raise BadFile([Problem(0, _("The file is larger than 1 MB. Please split it."))])
    reader = _reader(_decoded(data))
    problems: list[Problem] = []
    rows: list[Row] = []
    seen: dict[tuple[str, str], int] = {}
    try:
        for cells in reader:
            line = reader.line_num
            if not any((cell or "").strip() for cell in _flat(cells)):
                continue
            if len(rows) + len(problems) >= MOST_ROWS:
                problems.append(Problem(line, _("The file has more than 5,000 rows. Please split it.")))
                break
            row = _row(line, cells, problems)
            if row:
                _note_repeat(row, seen, problems)
                rows.append(row)
    except csv.Error:
        problems.append(Problem(reader.line_num, _("From here on this is not a CSV file: look for a stray quote.")))
    _note_mixed_divisions(rows, problems)
    if not rows and not problems:
        problems.append(Problem(0, _("There is no row in this file besides the heading.")))
    if problems:
        raise BadFile(sorted(problems, key=lambda problem: problem.line))
    return rows


@transaction.atomic
def import_units(*, data: bytes) -> Outcome:
    """Write the units of the file in its order: all or none. Raises BadFile."""
    rows = read_units(data)
    known = {(unit.parent_id, skeleton(unit.name)): unit for unit in Unit.objects.standing().select_for_update()}
    marks = {"added": 0, "updated": 0, "unchanged": 0}
    for position, row in enumerate(rows, start=1):
        division = _write(known, None, row.division, None if row.department else row.headcount, position, marks)
        if row.department:
            _write(known, division, row.department, row.headcount, position, marks)
    return Outcome(**marks)


def _write(
    known: dict[tuple[int | None, str], Unit],
    parent: Unit | None,
    name: str,
    headcount: int | None,
    position: int,
    marks: dict[str, int],
) -> Unit:
    """Find the unit by its name, or add it. `headcount` None leaves that of a division alone."""
    key = (parent.pk if parent else None, skeleton(name))
    unit = known.get(key)
    if unit is None:
        unit = known[key] = Unit.objects.create(name=name, parent=parent, headcount=headcount or 0, position=position)
        marks["added"] += 1
    elif headcount is not None and unit.headcount != headcount:
        unit.headcount = headcount
        unit.save(update_fields=["headcount"])
        marks["updated"] += 1
    elif headcount is not None:
        marks["unchanged"] += 1
    return unit


def _decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, else what spreadsheets on Windows write."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise BadFile([Problem(0, _("This is not a text file. Please save the sheet as CSV (UTF-8)."))])


def _reader(text: str) -> "csv.DictReader[str]":
    heading = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        reader.fieldnames = [(name or "").strip().lower() for name in reader.fieldnames or []]
    except csv.Error:
        reader.fieldnames = []
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
    if missing:
        text = _("The first line has to name the columns division, department and headcount; missing: %(names)s.")
        raise BadFile([Problem(1, text % {"names": ", ".join(missing)})])
    return reader


def _flat(cells: dict[str | None, str | list[str] | None]) -> list[str]:
    extra = cells.get(None) or []
    return [cell for key, cell in cells.items() if key is not None and isinstance(cell, str)] + list(extra)


def _row(line: int, cells: dict[str, str], problems: list[Problem]) -> Row | None:
    """The row, or None after its problems have been noted."""
    before = len(problems)
    if any(cell.strip() for cell in cells.get(None) or []):  # type: ignore[call-overload]
        problems.append(Problem(line, _("There are more cells here than columns.")))
    division = _name(line, _("division"), cells.get("division") or "", problems)
    department = _name(line, _("department"), cells.get("department") or "", problems)
    headcount = _headcount(line, cells.get("headcount") or "", problems)
    if not division and len(problems) == before:
        problems.append(Problem(line, _("The division is missing.")))
    return Row(line, division, department, headcount) if len(problems) == before else None


def _name(line: int, what: str, cell: str, problems: list[Problem]) -> str:
    name = " ".join(cell.split())
    said = {"what": what, "cell": name[:40]}
    if name.startswith(FORMULA_SIGNS):
        problems.append(Problem(line, _("The %(what)s “%(cell)s” begins like a formula.") % said))
    elif len(name) > LONGEST_NAME:
        problems.append(Problem(line, _("The %(what)s “%(cell)s…” is longer than 80 characters.") % said))
    elif name and not skeleton(name):
        problems.append(Problem(line, _("The %(what)s “%(cell)s” has neither a letter nor a number.") % said))
    else:
        try:
            refuse_hidden_characters(name)
            return name
        except ValidationError:
            problems.append(Problem(line, _("There is an invisible character in the %(what)s.") % said))
    return ""


def _headcount(line: int, cell: str, problems: list[Problem]) -> int:
    """A whole number of people; 1,200 and 1 200 are understood, 12.5 and -3 are not."""
    text = "".join(cell.split())
    parts = text.replace(".", ",").replace("’", ",").replace("'", ",").split(",")
    grouped = len(parts) > 1 and parts[0] and len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
    digits = "".join(parts) if grouped else text
    if not digits.isascii() or not digits.isdigit():
        problems.append(
            Problem(line, _("The headcount “%(cell)s” is not a whole number.") % {"cell": cell.strip()[:40]})
        )
    elif len(digits) > 9 or int(digits) > MOST_PEOPLE:
        problems.append(Problem(line, _("The headcount “%(cell)s” is too large.") % {"cell": cell.strip()[:40]}))
    else:
        return int(digits)
    return 0


def _note_repeat(row: Row, seen: dict[tuple[str, str], int], problems: list[Problem]) -> None:
    key = (skeleton(row.division), skeleton(row.department))
    if key in seen:
        said = {"name": row.department or row.division, "line": seen[key]}
        problems.append(Problem(row.line, _("“%(name)s” stands in line %(line)s already.") % said))
    seen.setdefault(key, row.line)


def _note_mixed_divisions(rows: list[Row], problems: list[Problem]) -> None:
    """A division with departments has no headcount of its own: it would count people twice."""
    with_departments = {skeleton(row.division) for row in rows if row.department}
    for row in rows:
        if not row.department and row.headcount and skeleton(row.division) in with_departments:
            text = _("The division “%(name)s” has departments: leave its own row out, or give a department in it.")
            problems.append(Problem(row.line, text % {"name": row.division}))
