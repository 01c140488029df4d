"""The comments of an address are counted whenever it writes: along an index, on the library's own table."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("conversation", "0001_initial"), ("django_comments", "0004_add_object_pk_is_removed_index")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX conversation_writers_address ON django_comments (user_email)",
            "DROP INDEX conversation_writers_address",
        )
    ]
