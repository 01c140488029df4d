"""The full-text index beside `Findable`, and the trigrams of public words.

The database keeps both in step itself. Whoever alters `content_findable` on SQLite later has to make the triggers
again: SQLite's table is made anew then, and they go with the old one.
"""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

POSTGRES = [
    """
    ALTER TABLE content_findable ADD COLUMN stems tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title_stems), 'A') || setweight(to_tsvector('simple', about_stems), 'B')
        || setweight(to_tsvector('simple', text_stems), 'D')
    ) STORED
    """,
    "CREATE INDEX content_findable_stems ON content_findable USING gin (stems)",
    "CREATE INDEX content_publicword_trigrams ON content_publicword USING gin (word gin_trgm_ops)",
]
POSTGRES_BACK = [
    "DROP INDEX content_publicword_trigrams",
    "ALTER TABLE content_findable DROP COLUMN stems",
]

COLUMNS = "title_stems, about_stems, text_stems"
NEW, OLD = ("new.title_stems, new.about_stems, new.text_stems", "old.title_stems, old.about_stems, old.text_stems")
FORGET = f"INSERT INTO content_findable_fts(content_findable_fts, rowid, {COLUMNS}) VALUES ('delete', old.id, {OLD});"
LEARN = f"INSERT INTO content_findable_fts(rowid, {COLUMNS}) VALUES (new.id, {NEW});"
SQLITE = [
    f"CREATE VIRTUAL TABLE content_findable_fts USING fts5({COLUMNS}, content='content_findable', content_rowid='id')",
    f"CREATE TRIGGER content_findable_added AFTER INSERT ON content_findable BEGIN {LEARN} END",
    f"CREATE TRIGGER content_findable_gone AFTER DELETE ON content_findable BEGIN {FORGET} END",
    f"CREATE TRIGGER content_findable_changed AFTER UPDATE ON content_findable BEGIN {FORGET} {LEARN} END",
]
SQLITE_BACK = [
    "DROP TRIGGER content_findable_added",
    "DROP TRIGGER content_findable_gone",
    "DROP TRIGGER content_findable_changed",
    "DROP TABLE content_findable_fts",
]


def make(_apps, schema_editor):
    _run(schema_editor, {"postgresql": POSTGRES, "sqlite": SQLITE})


def unmake(_apps, schema_editor):
    _run(schema_editor, {"postgresql": POSTGRES_BACK, "sqlite": SQLITE_BACK})


def _run(schema_editor, by_vendor):
    for statement in by_vendor[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial")]
    operations = [TrigramExtension(), UnaccentExtension(), migrations.RunPython(make, unmake)]
