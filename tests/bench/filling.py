"""Filling a scratch database quickly: what a measurement needs of rows, without what a site needs of safety."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction

#: Indexes that only help to find: those that keep rows unique stay.
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE tbl_name = %s AND sql LIKE 'CREATE INDEX%%'",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexdef LIKE 'CREATE INDEX%%'",
}


@contextmanager
def quickly(*tables: type[models.Model]) -> Iterator[None]:
    """One transaction that is not waited for; the indexes of these tables are made once, when all rows are there."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-500000", "temp_store=MEMORY"):
                cursor.execute(f"PRAGMA {pragma}")
        else:
            cursor.execute("SET synchronous_commit = off")
        with transaction.atomic():
            made = []
            for table in tables:
                cursor.execute(INDEXES[connection.vendor], [table._meta.db_table])
                made += cursor.fetchall()
            for name, _sql in made:
                cursor.execute(f'DROP INDEX "{name}"')
            yield
        for _name, sql in made:
            cursor.execute(sql)
        cursor.execute("ANALYZE")


def multiply(model: type[models.Model], many: int, **instead: str) -> None:
    """Copies of the rows that are there until there are `many`. `instead` has SQL for columns in which a copy differs;
    `{copy}` stands for its number, from 1 on."""
    first = model._default_manager.count()
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    taken = ", ".join(instead.get(column, column) for column in columns)
    for number, start in enumerate(range(first, many, first), 1):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "
                f"SELECT {taken.replace('{copy}', str(number))} FROM {model._meta.db_table} "
                f"ORDER BY id LIMIT {min(first, many - start)}"
            )
