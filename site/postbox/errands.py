"""What the accounts, who stand below, leave to the postbox: work for the worker and the clock, and telling people."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from post_office.models import Email

from accounts import errands, leaving, packing, sessions, traces
from accounts.personal_data import mentions
from postbox import kinds
from postbox.clock import job
from postbox.models import Notification
from postbox.queue import retrying, task
from postbox.services import notify

PACKED = kinds.Kind(name="data-packed", label=gettext_lazy("Your data is packed"), by_choice=False)


@task
@retrying(attempts=5, base=timedelta(seconds=30))
def pack_parcel(parcel_id: int) -> None:
    parcel = packing.pack(parcel_id)
    if parcel is not None:
        said = _("Your data is packed. You can fetch it for 24 hours.")
        notify(kind=PACKED.name, user=parcel.user, event=f"parcel:{parcel.pk}", text=said, url="/me/data/")


job(name="accounts.remove-parcels", every=timedelta(minutes=10))(packing.remove_old)
job(name="accounts.erase-who-left", every=timedelta(minutes=10))(leaving.erase_due)
job(name="accounts.sweep-sessions", every=timedelta(days=1))(sessions.sweep)
job(name="accounts.sweep-cache", every=timedelta(hours=1))(traces.sweep_cache)


def register_all() -> None:
    kinds.register(PACKED)
    errands.take_over(errands.Errands(pack=pack_parcel.enqueue))
    mentions(Notification, "text")
    mentions(Email, "subject", "message", "html_message")
