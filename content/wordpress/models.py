"""What came from where: so that an import that is run again updates instead of doubling."""

from django.db import models


class ImportedQuerySet(models.QuerySet["Imported"]):
    def of(self, source: str, keys: list[str]) -> dict[str, "Imported"]:
        return {row.key: row for row in self.filter(source=source, key__in=keys)}


class Imported(models.Model):
    """`key` names a thing of the old site ("post:12", "comment:7", "picture:3"), `target` the row it became here.

    `digest` is of what was read; `left_as` is the state the import left: if it is another now, it was changed here.
    """

    source = models.CharField(max_length=200)
    key = models.CharField(max_length=255)
    target = models.BigIntegerField()
    digest = models.CharField(max_length=40, blank=True)
    left_as = models.CharField(max_length=40, blank=True)

    objects = ImportedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.key} of {self.source}"
