"""The named cast: small real people, made the way the site makes them. Fixtures of the same names are in conftest.py.

`person` makes a login, `ally_of` makes its ally, `client_of` is a browser signed in as them.
"""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from movement.allies.models import Ally, Unit, Visibility

PASSWORD = "correct horse battery"


def person(email: str, *, name: str = "", verified: bool = True, groups: tuple[str, ...] = (), **fields) -> User:
    """A login with PASSWORD and its (verified) address, in these groups."""
    user = User.objects.create_user(email, PASSWORD, name=name, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    user.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])
    return user


def make_ally(name: str = "Ada Larkin", *, email: str = "", unit: Unit | None = None, **fields) -> Ally:
    """An open ally of this name (a login of their own comes with them); `fields` are Ally's."""
    user = person(email or f"{name.lower().replace(' ', '.')}@larkfield.example")
    return Ally.objects.create(user=user, **{"name": name, "unit": unit, "visibility": Visibility.OPEN} | fields)


def make_unit(name: str, *, division: Unit | None = None, headcount: int = 0, **fields) -> Unit:
    return Unit.objects.create(name=name, parent=division, headcount=headcount, **fields)


def make_organisation() -> dict[str, Unit]:
    """Two divisions, four departments, 150 people, by slug."""
    serve, run = make_unit("Serve", position=1), make_unit("Run", position=2)
    units = [
        serve,
        run,
        make_unit("Field Service", division=serve, headcount=60, position=1),
        make_unit("Customer Support", division=serve, headcount=40, position=2),
        make_unit("Finance", division=run, headcount=30, position=1),
        make_unit("Data and Reporting", division=run, headcount=20, position=2),
    ]
    return {unit.slug: unit for unit in units}


def client_of(someone: User | Ally | None = None) -> Client:
    """A browser: of a visitor (None), or signed in as this person."""
    client = Client()
    user = someone.user if isinstance(someone, Ally) else someone
    if user is not None and user.is_authenticated:
        client.force_login(user)
    return client
