"""Two who ask each other at the same moment have asked once, and both said yes."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from movement.introductions import services
from movement.introductions.models import Introduction, State
from postbox.models import Notification
from tests.cast import make_ally


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("times", range(3))
def test_both_ask_each_other_at_once(times):
    one, other = make_ally("Ada Larkin"), make_ally("Bo Finch")
    together = Barrier(2)

    def ask(by, to):
        try:
            together.wait()
            services.ask(by=by, to=to, note="Shall we?", reach="here")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(ask, (one, other), (other, one)))
    assert list(Introduction.objects.values_list("state", flat=True)) == [State.AGREED]
    assert Notification.objects.filter(kind="introduction-agreed").count() == 2


@pytest.mark.django_db
def test_a_pair_has_one_open_introduction_whichever_way_round():
    one, other = make_ally("Ada Larkin"), make_ally("Bo Finch")
    services.ask(by=one, to=other, note="Shall we?", reach="here")
    low, high = sorted((one, other), key=lambda ally: ally.pk)
    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        Introduction.objects.create(low=low, high=high, by=other, note="Again")
    with pytest.raises(Exception, match="an_introduction_is_between_two"), transaction.atomic():
        Introduction.objects.create(low=high, high=low, by=other, note="Again")
