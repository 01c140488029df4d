"""To how many an article would go, in numbers that neither pretend nor point at anybody."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.mailings.audience import receivers
from content.mailings.choices import Audience
from content.mailings.models import Mailing
from content.pages.articles import ArticlePage

#: A smaller number of people could be guessed by name, and so could the one who makes nobody somebody.
FEWEST = 5
COUNTED = (Audience.ALL, Audience.TOPIC)
EXACT_UP_TO = 100


def mailing_of(article: ArticlePage) -> Mailing | None:
    return Mailing.objects.filter(article_id=article.pk).first() if article.pk else None


def count_of(article: ArticlePage) -> int:
    return receivers(article, audience=article.mail_to, topic=article.mail_topic).count()


def of_every_audience(article: ArticlePage) -> list[tuple[str, str]]:
    """The name of everybody with its number in words, and of the topic when one is chosen.

    Allies and the others are never counted: the one number taken from the whole would tell the other to the last one.
    """
    shown = [Audience.ALL] if article.mail_topic is None else [Audience.ALL, Audience.TOPIC]
    return [(str(one.label), in_words(_number(article, one))) for one in shown]


def _number(article: ArticlePage, audience: Audience) -> int:
    return receivers(article, audience=audience, topic=article.mail_topic).count()


def is_counted(audience: str) -> bool:
    """Whether its number may be shown."""
    return audience in COUNTED


def in_words_for(article: ArticlePage) -> str:
    """To how many it would go now, as far as that may be told."""
    return in_words(count_of(article)) if is_counted(article.mail_to) else _("this part of the subscribers")


def in_words(number: int) -> str:
    """Exact where it is small, and rounded to two figures where people come and go while it is read."""
    if number < FEWEST:
        return _("fewer than 5 addresses")
    if number <= EXACT_UP_TO:
        return ngettext("%(n)s address", "%(n)s addresses", number) % {"n": number}
    unit = 10 ** (len(str(number)) - 2)
    return _("about %(n)s addresses") % {
        "n": number_format(round(number / unit) * unit, use_l10n=True, force_grouping=True)
    }
