"""What a slow fixture writes, remembered as rows and written again in milliseconds.

The first test of a process that asks for it has it made in earnest; the others are given the same rows. They go past
the models: no signal is sent, and nothing waits for a commit. Where the tables it writes are not as they were the
first time, or nothing is rolled back afterwards, it is made in earnest again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

Table = type[models.Model]
Rows = list[tuple[Any, ...]]


@dataclass
class Replay:
    """`make` is called at most once for each process whose database begins the same."""

    make: Callable[[], object]
    after: dict[Table, Rows] = field(default_factory=dict)
    before: list[int] = field(default_factory=list)

    def __call__(self) -> None:
        if not connection.in_atomic_block:
            self.make()
        elif self.after and counts(list(self.after)) == self.before:
            self.write()
        else:
            self.learn()

    def learn(self) -> None:
        stood = {table: rows_of(table) for table in tables()}
        self.make()
        self.after = {table: rows for table in stood if (rows := rows_of(table)) != stood[table]}
        self.before = [len(stood[table]) for table in self.after]

    def write(self) -> None:
        quoted = connection.ops.quote_name
        with connection.cursor() as cursor:
            for (table, rows), stood in zip(self.after.items(), self.before, strict=True):
                name, names = quoted(table._meta.db_table), columns(table)
                if stood:
                    cursor.execute(f"DELETE FROM {name}")
                places = ", ".join(["%s"] * len(names))
                cursor.executemany(f"INSERT INTO {name} ({', '.join(names)}) VALUES ({places})", rows)
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self.after)):
                cursor.execute(statement)


def tables() -> Iterator[Table]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model


def columns(table: Table) -> list[str]:
    fields = (entry for entry in table._meta.local_concrete_fields if not entry.generated)
    return [connection.ops.quote_name(entry.column) for entry in fields]


def rows_of(table: Table) -> Rows:
    name, key = (connection.ops.quote_name(named) for named in (table._meta.db_table, table._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns(table))} FROM {name} ORDER BY {key}")
        return cursor.fetchall()


def counts(asked: list[Table]) -> list[int]:
    """How many rows each of them has, in one question."""
    each = (f"(SELECT count(*) FROM {connection.ops.quote_name(table._meta.db_table)})" for table in asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(each)}")
        return list(cursor.fetchone())
