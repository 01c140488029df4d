"""Who may send an article by mail: who may publish it. Who may see its mail: who may open its draft."""

from typing import Any

from django.db.models import QuerySet

from accounts.roles import is_editor
from content.pages.articles import ArticlePage


def can_mail(user: Any) -> bool:
    return is_editor(user)


def drafts_of(user: Any) -> QuerySet[ArticlePage]:
    """The articles that this person may edit."""
    return ArticlePage.objects.all() if is_editor(user) else ArticlePage.objects.filter(owner=user.pk)
