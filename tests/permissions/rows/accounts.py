from accounts import leaving, packing
from accounts.models import Leaving
from tests.cast import person
from tests.permissions.matrix import EVERYONE, OWNER, SIGNED_IN, Row


def a_parcel(world):
    """The ally's own."""
    parcel = packing.latest(world.ally.user) or packing.pack(packing.ask(user=world.ally.user).pk)
    return {"token": packing.token_of(parcel)}


def a_way_back(_world):
    """Of somebody who is about to leave."""
    left = Leaving.objects.first() or leaving.leave(user=person("leaves@larkfield.example"))
    return {"token": leaving.token_of(left)}


ROWS = [
    Row("accounts:data", get=SIGNED_IN, post=SIGNED_IN),
    Row("accounts:pack", post=SIGNED_IN, get_status=302),
    Row("accounts:download", kwargs=a_parcel, get=OWNER),
    Row("accounts:stay", kwargs=a_way_back, get=EVERYONE, post=EVERYONE, get_status=200),
]
