"""The database's own full-text index, asked in its own words: FTS5 on SQLite, tsvector on PostgreSQL.

Both hold the stems of title, about and text (migration `search`), so both find the same.
"""

from enum import Enum

from django.db import connection

from content.search.words import Asked, stem

#: No question needs more; whoever finds so many has to ask for something else.
MOST = 1_000


class How(Enum):
    """In this order, until something is found."""

    ALL = "every word, in any of its forms"
    BEGINNING = "every word, the last one perhaps unfinished"
    ANY = "some of the words"


def match(asked: Asked, how: How) -> dict[int, float]:
    """Ids of findables and how well they match (more is better); what isn't public any more is among them."""
    if not asked.words:
        return {}
    of_postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if of_postgres:
            cursor.execute(POSTGRES, [postgres_query(asked, how), MOST])
        else:
            cursor.execute(SQLITE, [sqlite_query(asked, how), MOST])
        return dict(cursor.fetchall())


POSTGRES = """
SELECT id, ts_rank('{0.1, 0.2, 0.4, 1.0}', stems, asked, 1) AS rank
FROM content_findable, to_tsquery('simple', %s) AS asked WHERE stems @@ asked ORDER BY rank DESC, id DESC LIMIT %s
"""
SQLITE = """
SELECT rowid, -bm25(content_findable_fts, 10.0, 4.0, 1.0) AS rank
FROM content_findable_fts WHERE content_findable_fts MATCH %s ORDER BY rank DESC, rowid DESC LIMIT %s
"""


def postgres_query(asked: Asked, how: How) -> str:
    """Words are letters and digits: nothing of the query's language can be among them."""
    parts = [f"'{word}'" for word in asked.stems]
    if how is How.ANY:
        return " | ".join(parts)
    if how is How.BEGINNING:
        parts[-1] = f"('{stem(asked.words[-1])}' | '{asked.words[-1]}':*)"
    parts += ["(" + " <-> ".join(f"'{stem(word)}'" for word in phrase) + ")" for phrase in asked.phrases]
    return " & ".join(parts)


def sqlite_query(asked: Asked, how: How) -> str:
    parts = [f'"{word}"' for word in asked.stems]
    if how is How.ANY:
        return " OR ".join(parts)
    if how is How.BEGINNING:
        parts[-1] = f'("{stem(asked.words[-1])}" OR "{asked.words[-1]}"*)'
    parts += ['"' + " ".join(stem(word) for word in phrase) + '"' for phrase in asked.phrases]
    return " AND ".join(parts)
