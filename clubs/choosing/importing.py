"""A list of books in a CSV file becomes proposals: all of them, or none, with every refused row named by its line."""

import csv
from io import StringIO
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clubs.choosing.forms import NominationForm
from clubs.choosing.services import AlreadyProposed, nominate
from clubs.groups.models import Membership

MOST_BYTES, MOST_ROWS, SHOWN_ERRORS = 256 * 1024, 200, 12
COLUMNS = ("title", "author", "reason", "pages", "year", "language", "isbn", "description", "found_at")
NEEDED = ("title", "author")


def read_rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows with their line numbers. Raises ValidationError in words for whoever chose the file."""
    if len(content) > MOST_BYTES:
        raise ValidationError(_("This file is too large for a list of books."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("This file is not plain text in UTF-8. Save it as “CSV UTF-8”.")) from error
    first = text.partition("\n")[0]
    reader = csv.DictReader(StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    names = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    if missing := [name for name in NEEDED if name not in names]:
        raise ValidationError(_("The first line has to name the columns; missing: %(n)s.") % {"n": ", ".join(missing)})
    rows = []
    try:
        for row in reader:
            values = dict(zip(names, [value or "" for name, value in row.items() if name is not None], strict=False))
            if any(value.strip() for value in values.values()):
                rows.append((reader.line_num, {name: values.get(name, "").strip() for name in COLUMNS}))
    except csv.Error as error:
        raise ValidationError(_("Line %(n)s cannot be read as CSV.") % {"n": reader.line_num}) from error
    if not rows or len(rows) > MOST_ROWS:
        raise ValidationError(_("One book at least, and %(n)s at most.") % {"n": MOST_ROWS})
    return rows


@transaction.atomic
def import_books(*, membership: Membership, content: bytes) -> tuple[int, int]:
    """How many were proposed, and how many were already. Raises ValidationError, and then nothing was done."""
    checked: list[dict[str, Any]] = []
    errors: list[str] = []
    for line, row in read_rows(content):
        form = NominationForm({**row, "reason": row["reason"] or _("From a list.")})
        if form.is_valid():
            checked.append(form.cleaned_data)
        else:
            what = "; ".join(f"{form.fields[name].label}: {said[0]}" for name, said in form.errors.items())
            errors.append(_("Line %(n)s: %(what)s") % {"n": line, "what": what})
    if errors:
        raise ValidationError(errors[:SHOWN_ERRORS])
    known = 0
    for about in checked:
        try:
            nominate(membership=membership, **about)
        except AlreadyProposed:
            known += 1
    return len(checked) - known, known
