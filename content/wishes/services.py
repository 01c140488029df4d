"""“Tell me when it is out”: asking, confirming, stopping, and keeping the promise."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts import limits, tokens
from accounts.models import User
from accounts.services import verified_address
from content.mailings.services import article_event
from content.pages.articles import ArticlePage
from content.pages.sorting import AnnouncedPart
from content.subscriptions.models import Subscriber
from content.wishes.models import PartWish
from postbox import links, unsubscribing
from postbox.fates import Fate, fates, was_written
from postbox.services import send_mail

CONFIRM, OUT = "part-confirm", "part-out"
CONFIRM_WITHIN = timedelta(days=14)
A_BATCH = 200


@transaction.atomic
def wish(*, part: AnnouncedPart, email: str, network: str) -> None:
    """Ask the address to confirm. The answer to the visitor is the same whoever waits already. Raises TooMany."""
    limits.hit("wish-network", network, limit=20, per=timedelta(hours=1))
    limits.hit("wish-address", email.lower(), limit=5, per=timedelta(hours=1))
    mine = _row(part, email)
    if mine.confirmed_at:
        return
    token = tokens.make(CONFIRM, mine.pk)
    send_mail(
        kind=CONFIRM,
        to=mine.email,
        event=f"wish:{mine.pk}:{get_random_string(8)}",
        template="part_confirm",
        context={"part": part, "link": links.absolute(reverse("content:confirm_wish", args=[token]))},
    )


@transaction.atomic
def wish_as(*, part: AnnouncedPart, user: User) -> PartWish | None:
    """Whoever is signed in with a confirmed address has nothing more to confirm; None without such an address."""
    address = verified_address(user)
    if address is None:
        return None
    mine = _row(part, address)
    confirm(wish=mine)
    return mine


def _row(part: AnnouncedPart, email: str) -> PartWish:
    address = email.strip()
    row, _new = PartWish.objects.get_or_create(part=part, email__iexact=address, defaults={"email": address})
    return row


def wish_of(*, part: AnnouncedPart, user: User) -> PartWish | None:
    """What this person has asked for already, under their own address."""
    address = verified_address(user)
    return PartWish.objects.confirmed().at(address).filter(part=part).first() if address else None


def of_address(email: str) -> list[PartWish]:
    """The parts that somebody waits for."""
    return list(PartWish.objects.confirmed().untold().at(email).select_related("part__series").order_by("pk"))


def waiting(token: str) -> PartWish | None:
    """Whom a confirming link is for; None when it was stopped or fulfilled since. Raises BadToken."""
    number = tokens.read(CONFIRM, token, CONFIRM_WITHIN)
    return PartWish.objects.select_related("part__series").filter(pk=number).first()


@transaction.atomic
def confirm(*, wish: PartWish) -> None:
    """A second time changes nothing."""
    PartWish.objects.filter(pk=wish.pk, confirmed_at=None).update(confirmed_at=timezone.now())


@transaction.atomic
def stop(*, wish_id: int) -> None:
    """The address is forgotten, not only switched off."""
    PartWish.objects.filter(pk=wish_id).delete()


def stop_url(wish: PartWish) -> str:
    return unsubscribing.link("part", id=wish.pk)


def tell(*, article: ArticlePage) -> int:
    """One mail for each confirmed wish for the part that this article is; run again it goes on where it stopped."""
    waiting_for = PartWish.objects.confirmed().untold().filter(part=article.announced_part_id).order_by("pk")
    told = 0
    while batch := list(waiting_for[:A_BATCH]):
        with transaction.atomic():
            told += sum(tell_one(article, one) for one in batch)
    return told


def tell_one(article: ArticlePage, one: PartWish) -> bool:
    """False when this address got the article with its subscription: nobody gets the same article twice."""
    if has_it_already(article, one.email):
        one.delete()
        return False
    event = f"part:{article.pk}:{one.pk}:{one.tries}"
    send_mail(
        kind=OUT,
        to=one.email,
        event=event,
        template="part_out",
        context={"article": article, "link": links.absolute(article.get_absolute_url())},
        unsubscribe_url=stop_url(one),
    )
    PartWish.objects.filter(pk=one.pk).update(told_at=timezone.now(), told_event=event)
    return True


def has_it_already(article: ArticlePage, email: str) -> bool:
    subscriber = Subscriber.objects.wanting(article).filter(email__iexact=email).first()
    if subscriber is None:
        return False
    return was_written(kind="article", to=email, event=article_event(article, subscriber))


def still_wanted(_user: User | None, event: str) -> bool:
    """Asked right before sending: it may have been stopped since, or the article taken back."""
    _part, article_id, wish_id, _try = event.split(":")
    wish = PartWish.objects.confirmed().filter(pk=int(wish_id)).first()
    if wish is None:
        return False
    return ArticlePage.objects.public_ones().filter(pk=int(article_id), announced_part=wish.part_id).exists()


def forget_the_told() -> None:
    """Whose mail has gone is forgotten; whose mail was held back waits again for the next time."""
    told = {wish.told_event: wish.pk for wish in PartWish.objects.exclude(told_at=None)[:1000]}
    fate = fates(kind=OUT, events=list(told))
    gone = [number for event, number in told.items() if fate.get(event, Fate.GONE) is Fate.GONE]
    held = [number for event, number in told.items() if fate.get(event) is Fate.WITHHELD]
    with transaction.atomic():
        PartWish.objects.filter(pk__in=gone).delete()
        for wish in PartWish.objects.filter(pk__in=held):
            wish.told_at, wish.told_event, wish.tries = None, "", wish.tries + 1
            wish.save(update_fields=["told_at", "told_event", "tries"])


def forget_the_unconfirmed() -> None:
    """Their links are too old to be of use."""
    PartWish.objects.filter(confirmed_at=None, created_at__lt=timezone.now() - CONFIRM_WITHIN).delete()


def keep_promises() -> None:
    """For what came out in another way than by its first publication: named later as this part, opened, taken up again.

    A first publication is told by `announce_article`, which writes to subscribers first: it is given time for that.
    """
    settled = timezone.now() - timedelta(minutes=30)
    out = ArticlePage.objects.public_ones().filter(last_published_at__lt=settled)
    owed = PartWish.objects.confirmed().untold().values("part")
    for article in out.filter(announced_part__in=owed).order_by("pk"):
        tell(article=article)
