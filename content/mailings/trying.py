"""An article's mail before it goes: as a picture of itself, and as a test to whoever writes it."""

from datetime import timedelta

from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from accounts import limits
from accounts.models import User
from content.mailings import services
from content.pages.articles import ArticlePage
from postbox import letters, links
from postbox.letters import Letter
from postbox.services import send_mail

KIND = "mail_test"
AN_HOUR = timedelta(hours=1)
MOST_AN_HOUR = 10


def as_it_will_be(article: ArticlePage) -> Letter:
    """The mail with links that lead to this page instead of anybody's subscription."""
    template, context = services.letter_of(article)
    here = links.absolute(reverse("mailings_cms:preview", args=[article.pk]))
    return letters.write(template, {**context, "manage_url": here, "unsubscribe_url": here})


def send_test(*, article: ArticlePage, to: User) -> None:
    """To the address of whoever asks, and nobody else's. Raises TooMany."""
    limits.hit("mail-test", to.pk, limit=MOST_AN_HOUR, per=AN_HOUR)
    template, context = services.letter_of(article)
    here = links.absolute(reverse("mailings_cms:preview", args=[article.pk]))
    send_mail(
        kind=KIND,
        to=to.email,
        event=f"test:{article.pk}:{get_random_string(8)}",
        template=template,
        context={**context, "manage_url": here, "subject_before": _("Test:")},
        user=to,
        unsubscribe_url=None,
    )
