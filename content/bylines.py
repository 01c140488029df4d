"""What becomes of a byline when its author leaves for good."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex

from accounts.models import User
from content.pagecache import forget
from content.pages.articles import ArticlePage
from content.pages.sorting import Author
from content.search.keeping import keep


def has_one(user: User) -> bool:
    return Author.objects.filter(user=user).exists()


@transaction.atomic
def take_name_off(user: User) -> None:
    """For who asks for it: what they published stays, by somebody without a name, at an address that tells nothing."""
    for author in Author.objects.filter(user=user):
        author.name, author.biography = _("A former colleague"), ""
        author.slug = f"former-{get_random_string(8).lower()}"
        author.save()
        for article in ArticlePage.objects.live().filter(authors=author):
            keep(article)
    transaction.on_commit(forget)


@transaction.atomic
def erase(user: User) -> None:
    """What somebody published stays, under the name they published it, unless they ask otherwise; their face, where
    nothing else shows it, and the tie to their login go."""
    theirs = Author.objects.filter(user=user)
    portraits = [author.portrait for author in theirs.select_related("portrait") if author.portrait]
    theirs.update(user=None, portrait=None)
    for portrait in portraits:
        elsewhere = ReferenceIndex.get_references_to(portrait)
        by_authors = ContentType.objects.get_for_model(Author)  # asked themselves: the index may lag behind
        shown = Author.objects.filter(portrait=portrait).exists() or elsewhere.exclude(content_type=by_authors).exists()
        if not shown:
            portrait.delete()
