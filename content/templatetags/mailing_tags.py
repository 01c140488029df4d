"""For the CMS: to how many an article would go by mail."""

from django.template import Library

from content.mailings import counting
from content.mailings.models import Mailing
from content.pages.articles import ArticlePage

register = Library()


@register.simple_tag
def mailing_of(article: ArticlePage) -> Mailing | None:
    return counting.mailing_of(article)


@register.simple_tag
def receivers_by_audience(article: ArticlePage) -> list[tuple[str, str]]:
    return counting.of_every_audience(article)
