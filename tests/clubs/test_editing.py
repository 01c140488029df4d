"""Two who edit one thing: shown with the club's own form."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django import forms
from django.db import connection
from django.http import QueryDict

from clubs.groups.models import Club
from movement.editing import ChangedMeanwhile, Difference, OverEdition, meanwhile, take_edition

pytestmark = pytest.mark.django_db


class NameForm(OverEdition, forms.ModelForm):
    class Meta:
        model = Club
        fields = ["name", "access", "cap"]


def typed(**data):
    sent = QueryDict(mutable=True)
    sent.update(data)
    return sent


def test_the_second_sees_both_versions_and_may_then_choose(club):
    opened = NameForm(instance=club)["edition"].value()
    take_edition(club, opened)
    Club.objects.update(name="Theirs")
    with pytest.raises(ChangedMeanwhile):
        take_edition(club, opened)
    now = Club.objects.get()
    data = typed(name="Mine", access="request", cap="", edition=opened)
    form, found = meanwhile(lambda sent: NameForm(sent, instance=now), data, edition=now.edition)
    assert found == [
        Difference("Name", "Theirs", "Mine"),
        Difference(
            "Who may join",
            "Open: whoever likes may join",
            "By request: whoever asks is let in by an organiser",
        ),
    ]
    assert (form.is_valid(), form.values()) == (True, {"name": "Mine", "access": "request", "cap": None})
    take_edition(now, form.cleaned_data["edition"])
    assert Club.objects.get().edition == 3


@pytest.mark.parametrize("edition", ["", "0", "-1", "x", "9" * 30])
def test_an_edition_made_up_is_refused_by_the_form(club, edition):
    form = NameForm(typed(name="Mine", access="open", edition=edition), instance=club)
    assert list(form.errors) == ["edition"]


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_saves(club):
    def try_it(_n):
        try:
            return take_edition(Club.objects.get(), 1) or "saved"
        except ChangedMeanwhile:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(try_it, range(6))) == ["saved"] + ["told"] * 5
