"""A grid of days and hours to choose from, and what suits."""

from datetime import UTC, datetime
from itertools import product
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import zones
from clubs.meetings.dates import Fits, Offered
from clubs.meetings.forms import FARTHEST, LONGEST, day_field
from clubs.meetings.wallclock import HourTwice, NoSuchHour, instant

DAYS, HOURS = 5, 3


class DatesForm(forms.Form):
    """Each of the days at each of the hours; hours that are over, or that the clocks leave out or show twice, are none.

    `left_out` says how many such there were.
    """

    left_out = 0

    title = forms.CharField(label=_("What it is called"), max_length=120, required=False)
    place = forms.CharField(label=_("Where"), max_length=160, required=False)
    zone = forms.ChoiceField(label=_("By the clocks of"), choices=zones.choices)
    minutes = forms.IntegerField(label=_("How long, in minutes"), min_value=10, max_value=LONGEST, initial=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("zone", timezone.get_current_timezone_name())
        for n in range(DAYS):
            self.fields[f"day_{n}"] = day_field(label=_("Day %(n)s") % {"n": n + 1}, required=n == 0)
        for n in range(HOURS):
            self.fields[f"hour_{n}"] = forms.TimeField(
                label=_("Hour %(n)s") % {"n": n + 1},
                required=n == 0,
                widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            )

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[f"day_{n}"] for n in range(DAYS)]

    @property
    def hours(self) -> list[forms.BoundField]:
        return [self[f"hour_{n}"] for n in range(HOURS)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        days = {data.pop(f"day_{n}", None) for n in range(DAYS)} - {None}
        hours = {data.pop(f"hour_{n}", None) for n in range(HOURS)} - {None}
        if days and hours and "zone" in data:
            found = [_moment(datetime.combine(*pair), data["zone"]) for pair in product(days, hours)]
            now = timezone.now()
            data["moments"] = sorted(moment for moment in found if moment and now < moment < now + FARTHEST)
            self.left_out = len(found) - len(data["moments"])
            if not any(found):
                self.add_error("hour_0", _("The clocks are changed that night: choose another hour."))
            elif not data["moments"]:
                self.add_error("day_0", _("None of these is still to come. Choose days within the next three years."))
        return data


def _moment(wall: datetime, zone: str) -> datetime | None:
    """None for an hour that the clocks leave out or show twice."""
    try:
        return instant(wall, zone)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)
    except (NoSuchHour, HourTwice):
        return None


class FitsForm(forms.Form):
    """One answer to each of the times; none is none."""

    def __init__(self, *args: Any, offers: list[Offered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        for offer in offers:
            self.fields[f"time_{offer.time.pk}"] = forms.ChoiceField(
                choices=Fits.choices, required=False, initial=offer.mine, widget=forms.RadioSelect
            )

    @property
    def rows(self) -> list[tuple[Offered, forms.BoundField]]:
        return [(offer, self[f"time_{offer.time.pk}"]) for offer in self.offers]

    @property
    def fits(self) -> dict[int, str]:
        said = {offer.time.pk: self.cleaned_data[f"time_{offer.time.pk}"] for offer in self.offers}
        return {number: fits for number, fits in said.items() if fits}
