"""How far somebody is in the primer. Nobody but they ever sees it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class What(models.TextChoices):
    READ = "read", _("read to the end")
    EXERCISE = "exercise", _("exercise done")


class ChapterMark(models.Model):
    """A person's own word about one chapter. An exercise that leaves something behind needs none (see `exercises`)."""

    #: The CMS shows what refers to a page. Who has read it is nobody's business.
    wagtail_reference_index_ignore = True

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="chapter_marks")
    chapter = models.ForeignKey("content.ChapterPage", models.CASCADE, related_name="+")
    what = models.CharField(max_length=8, choices=What)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("mark in the primer"), _("marks in the primer")
        constraints = [models.UniqueConstraint(fields=["user", "chapter", "what"], name="one_mark_per_chapter")]

    def __str__(self) -> str:
        return str(self.get_what_display())
