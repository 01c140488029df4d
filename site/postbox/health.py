"""Whether the site can do its work: for load balancers and for whoever watches it.

What counts is work that is due and that nobody has ever taken up. A mail that its server put off, or a task that is to
run tomorrow, waits rightly.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Case, Exists, Min, Q, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from post_office.models import PRIORITY, STATUS, Email
from redis import Redis, RedisError

from postbox.sender import WAITING

#: Work that waits longer means that nobody does it.
TOO_LONG = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Health:
    """Seconds that the oldest has been due, untouched; None when nothing is, or when it could not be asked."""

    database: str
    queue: str
    queue_waiting: int | None = None
    mail: str
    mail_waiting: int | None = None

    @property
    def is_well(self) -> bool:
        return {self.database, self.queue, self.mail} == {"ok"}

    def as_dict(self) -> dict[str, str | int | None]:
        return asdict(self)


def look() -> Health:
    """Three cheap questions; never raises."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        mail, queue = _age(_oldest_mail()), _age(_oldest_task())
    except DatabaseError:
        return Health(database="unreachable", queue="unknown", mail="unknown")
    return Health(
        database="ok",
        queue=_word(queue) if _redis_answers() else "unreachable",
        queue_waiting=queue,
        mail=_word(mail),
        mail_waiting=mail,
    )


def _oldest_mail() -> datetime | None:
    """Since when the first untouched mail has been due. A sender that takes one moves its time on (its lease).

    A letter to thousands may take hours, as long as it goes on.
    """
    now = timezone.now()
    due_at = Coalesce("scheduled_time", "created")
    untouched = Email.objects.filter(WAITING, number_of_retries=None).annotate(due_at=due_at)
    to_many = Q(priority=PRIORITY.low)
    goes_on = Exists(Email.objects.filter(to_many, status=STATUS.sent, last_updated__gte=now - TOO_LONG))
    return untouched.filter(~to_many | ~goes_on, due_at__lte=now).aggregate(at=Min("due_at"))["at"]


def _oldest_task() -> datetime | None:
    """The same for tasks. One to run as soon as possible bears the end of all days as its hour."""
    due_at = Case(When(run_after__lte=timezone.now(), then=Greatest("run_after", "enqueued_at")), default="enqueued_at")
    never_begun = DBTaskResult.objects.ready().filter(started_at=None)
    return never_begun.aggregate(at=Min(due_at))["at"]


def _age(oldest: datetime | None) -> int | None:
    return max(0, int((timezone.now() - oldest).total_seconds())) if oldest else None


def _word(age: int | None) -> str:
    return "late" if age is not None and age > TOO_LONG.total_seconds() else "ok"


def _redis_answers() -> bool:
    """True as well when the queue is in the database."""
    if not settings.REDIS_URL:
        return True
    try:
        return bool(Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2).ping())
    except RedisError:
        return False
