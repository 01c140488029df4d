"""What the worker and the clock do for the movement."""

import importlib
from datetime import date, timedelta

from django.utils import timezone

from movement.actions.committing import remind
from movement.allies.facets import count_again
from movement.decisions import asking
from movement.introductions import services as introductions
from movement.invitations.letters import forget_receivers
from movement.lunch import rounds
from movement.personas.gap import count_gaps
from movement.personas.service_map import ServiceMap
from movement.pulse import turning as pulses
from movement.resolve import marking, nudging, proposing_hellos
from movement.resolve.coming_back import bring_back, bring_back_to_the_away
from movement.spread.idea_building import build_idea_months
from movement.spread.second_ally.services import keep_hints
from movement.spread.services import refresh
from movement.spread.what_if import services as what_ifs
from postbox.clock import job
from postbox.queue import retrying, task


@task
@retrying(attempts=4, base=timedelta(seconds=30))
def draw_growth() -> None:
    """What the methods say of the spread, and its pictures where their figures have changed since they were drawn.

    What computes and what draws is loaded here and not above: the web process imports this module, and must import
    neither the statistics nor the renderer.
    """
    if not ServiceMap.objects.exists():  # bridges that are missing are told by it, once a month
        importlib.import_module("movement.personas.mapping").prepare_map()
    importlib.import_module("movement.spread.estimating").estimate_all()
    importlib.import_module("movement.spread.redrawing").draw_all()


@job(name="spread-snapshots", every=timedelta(hours=6))
def refresh_snapshots() -> None:
    if month := refresh():
        keep_hints(month)
    draw_growth.enqueue()


@job(name="spread-ideas", every=timedelta(hours=6))
def refresh_ideas() -> None:
    if build_idea_months():  # the snapshots may have been first, and what is told of ideas found nothing yet
        draw_growth.enqueue()


@task
@retrying(attempts=4, base=timedelta(minutes=1))
def draw_service_map() -> None:
    """Loaded here and not above: its graphs are for the worker alone."""
    importlib.import_module("movement.personas.mapping").prepare_map()


@job(name="movement.service-map", every=timedelta(hours=1))
def refresh_service_map() -> None:
    draw_service_map.enqueue()


@task
@retrying(attempts=4, base=timedelta(minutes=1))
def draw_lunches(monday: str) -> None:
    rounds.run(date.fromisoformat(monday))


@job(name="movement.lunches", every=timedelta(hours=1))
def draw_lunches_when_due() -> None:
    if monday := rounds.next_monday(timezone.now()):
        draw_lunches.enqueue(monday.isoformat())


job(name="movement.perception-gap", every=timedelta(hours=6))(count_gaps)


@task
@retrying(attempts=4, base=timedelta(minutes=1))
def find_milestones() -> None:
    marking.mark_milestones()


@job(name="movement.milestones", every=timedelta(hours=6))
def have_milestones_found() -> None:
    find_milestones.enqueue()


@task
@retrying(attempts=4, base=timedelta(minutes=1))
def find_hellos() -> None:
    proposing_hellos.propose_hellos()


@job(name="movement.hellos", every=timedelta(days=1))
def have_hellos_found() -> None:
    find_hellos.enqueue()


job(name="movement.nudges", every=timedelta(minutes=10))(nudging.nudge)
job(name="movement.notes-come-back", every=timedelta(minutes=10))(bring_back)
job(name="movement.notes-to-the-away", every=timedelta(hours=1))(bring_back_to_the_away)
job(name="movement.commitments-remind", every=timedelta(minutes=10))(remind)
job(name="movement.decisions-look-back", every=timedelta(minutes=10))(asking.ask)
job(name="movement.forget-invited-addresses", every=timedelta(hours=6))(forget_receivers)
job(name="movement.introductions-remind", every=timedelta(hours=1))(introductions.remind)
job(name="movement.introductions-end", every=timedelta(hours=6))(introductions.end_old)
job(name="movement.pulse", every=timedelta(minutes=10))(pulses.turn)
job(name="movement.forget-what-ifs", every=timedelta(days=1))(what_ifs.sweep)
job(name="movement.facets", every=timedelta(minutes=15))(count_again)
