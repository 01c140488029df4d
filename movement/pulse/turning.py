"""What the worker does for pulses, and the clock's turn. Each step is claimed by a conditional update: twice does
nothing, and what was missed for a month is caught up with, or left out where it is over.
"""

from datetime import timedelta

from movement.pulse import closing, letters, lists
from movement.pulse.models import Pulse
from movement.pulse.papers import AddressList
from postbox import fates
from postbox.queue import retrying, task


@task
@retrying(attempts=4, base=timedelta(minutes=1))
def count_pulse(pulse_id: int) -> None:
    """Results, once; then whom it went to is forgotten, and what came of it is told."""
    closing.count(pulse_id)
    pulse = Pulse.objects.closed().get(pk=pulse_id)
    letters.forget(pulse)
    if letters.take_up(pulse, letters.RESULTS):
        tell_of_pulse.enqueue(pulse_id, letters.RESULTS)


@task
@retrying(attempts=6, base=timedelta(minutes=1))
def tell_of_pulse(pulse_id: int, stage: str) -> None:
    letters.tell(pulse_id, stage)


@task
@retrying(attempts=6, base=timedelta(minutes=1))
def look_through_list(pulse_id: int) -> None:
    lists.look_through(pulse_id)


@task
@retrying(attempts=6, base=timedelta(minutes=1))
def write_tickets(pulse_id: int) -> None:
    lists.write_tickets(pulse_id)


@task
@retrying(attempts=3, base=timedelta(minutes=1))
def turn_now() -> None:
    """Rather than with the clock: a steward has just opened a pulse."""
    turn()


def turn() -> None:
    """Close what is over, and have it counted; tell who is to be told; send what is to be sent."""
    closing.close_due()
    for number in closing.uncounted():
        count_pulse.enqueue(number)
    for stage in (letters.OPEN, letters.SOON, letters.RESULTS):
        for pulse in letters.due(stage):
            if letters.take_up(pulse, stage):
                tell_of_pulse.enqueue(pulse.pk, stage)
    # A list that is still there was not written to its end: whoever writes goes on where the last one was.
    for number in AddressList.objects.filter(pulse__in=Pulse.objects.open()).values_list("pulse", flat=True):
        write_tickets.enqueue(number)
    fates.forget_sent(kind=letters.TICKET.name)
