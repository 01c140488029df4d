"""How the parts of the site find in their own tables: without case and accents, every word somewhere in a row."""

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.backends.signals import connection_created
from django.db.models import Case, Count, F, Func, IntegerField, Q, QuerySet, TextField, Value, When, Window
from django.db.models.functions import Concat
from django.db.models.lookups import Contains

from content.search.words import Asked, folded, stem


class Folded(Func):
    """A text as `content.search.words.folded` makes it, by the database."""

    function = "folded"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="lower(unaccent(%(expressions)s))", **context)


def teach_sqlite(*, connection: Any, **_kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("folded", 1, folded, deterministic=True)


connection_created.connect(teach_sqlite, dispatch_uid="content.search.folded")


def stands_in(word: str, fields: Sequence[str]) -> Q:
    """Whether a word, or what it has in common with its other forms, stands in one of these columns."""
    text = Folded(Concat(*joined(fields), output_field=TextField()))
    forms = {stem(word)} if word.startswith(stem(word)) else {word, stem(word)}
    return reduce(or_, (Q(Contains(text, form)) for form in forms))


def joined(fields: Sequence[str]) -> list[Any]:
    """Never one column alone: Concat wants two, and words must not grow together."""
    return [part for name in fields for part in (F(name), Value(" "))]


def matching(rows: QuerySet[Any], asked: Asked, *, name: Sequence[str], rest: Sequence[str] = ()) -> QuerySet[Any]:
    """Rows in which every word stands; `in_name` of them in the columns that name the row, the best first."""
    everywhere = [stands_in(word, [*name, *rest]) for word in asked.words]
    return ranked(rows.filter(reduce(and_, everywhere, Q())), asked, name=name)


def ranked(rows: QuerySet[Any], asked: Asked, *, name: Sequence[str]) -> QuerySet[Any]:
    """With `in_name` and `total`, the number of all rows; the best first."""
    points: Any = Value(0)
    for word in asked.words:
        stands = When(stands_in(word, name), then=Value(1))
        points = points + Case(stands, default=Value(0), output_field=IntegerField())
    return rows.annotate(in_name=points, total=Window(Count("*"))).order_by(F("in_name").desc(), *name, "pk")


def taken(rows: QuerySet[Any], asked: Asked, wanted: slice) -> tuple[list[Any], int, float]:
    """One question: the rows that are wanted, the number of all, and the strength of the first."""
    at_least_one = slice(wanted.start, max(wanted.stop, wanted.start + 1))
    some = list(rows[at_least_one])
    total = some[0].total if some else 0
    best = some[0].in_name / len(asked.words) if some else 0.0
    return some[: wanted.stop - wanted.start], total, best
