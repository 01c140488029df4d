"""The canaries of a pulse: before the close nobody reads what somebody answered, and never whom a list named."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from accounts.services import export_person
from tests.movement.pulses import LISTED, SAID
from tests.permissions.walk import addresses, text_of, walk

pytestmark = pytest.mark.django_db
STRINGS = [SAID, LISTED]


@pytest.mark.parametrize("role", ["visitor", "ally", "steward", "admin"])
def test_what_is_answered_and_who_is_listed_stands_on_no_page(role, world, clients):
    """Not for whoever wrote it ("ally"), not for a steward, not in the CMS, its reports and its search."""
    paths = [*addresses(world), "/cms/reports/site-history/", "/search/?q=kestrel", "/search/?q=curlew"]
    found = [
        f"{path}: {string}"
        for path, answer in walk(clients[role](), paths)
        for string in STRINGS
        if string in text_of(answer)
    ]
    assert found == []


def test_it_stands_in_no_parcel(world):
    for role in ("ally", "steward"):
        parcel = json.dumps(export_person(user=getattr(world, role).user), cls=DjangoJSONEncoder)
        assert [string for string in STRINGS if string in parcel] == []
