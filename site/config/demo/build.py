"""Moves the demo in, floor by floor from the bottom up, and takes it away from the top down."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

import clubs.demo
import content.demo
import content.demo_desk
import content.reads.demo
import movement.demo
import movement.demo_deeds
import movement.demo_finding
import movement.demo_pulse
import movement.demo_resolve
import movement.demo_walk
from accounts.models import User
from accounts.roles import AUTHORS, EDITORS, STEWARDS, ensure_roles
from config.demo import cast, conversations, data
from content.settings import OrganisationSettings
from movement.allies.models import Ally

GROUPS = {"steward": STEWARDS, "editor": EDITORS, "author": AUTHORS}


def ensure(*, password: str, say: Callable[[str], Any]) -> None:
    """The demo is there and its people sign in with this password. Quick when it is there already."""
    people = User.objects.filter(is_demo=True)
    first = people.order_by("pk").first()
    if first is None:
        build(password=password, say=say)
    elif not first.check_password(password):
        movement.demo.set_password(password)


@transaction.atomic
def build(*, password: str, say: Callable[[str], Any]) -> None:
    organisation = data.read("organisation")
    name_the_organisation(organisation["name"])
    allies = movement.demo.add(
        organisation=organisation,
        people=data.read("people"),
        actions=data.read("actions"),
        cards=data.read("cards"),
        password=password,
    )
    movement.demo_deeds.add(deeds=data.read("tried"), allies=allies)
    movement.demo_walk.add(walked=data.read("walked"), allies=allies)
    movement.demo_finding.add(found=data.read("finding"), allies=allies)
    movement.demo_resolve.add(decisions=data.read("decisions"), allies=allies)
    movement.demo_pulse.add(said=data.read("pulses"), allies=allies)
    give_roles(allies)
    say(f"  {len(allies)} allies in {len(organisation['divisions'])} divisions")
    content.demo.add_articles(
        articles=data.texts("articles"), topics=data.read("topics"), series=data.read("series"), allies=allies
    )
    content.demo_desk.add_drafts(texts=data.texts("drafts"))
    content.reads.demo.add_reads()
    say("  their articles, with pictures drawn here")
    clubs.demo.add(data=data.read("clubs"), allies=allies)
    movement.demo.count_months()
    count = conversations.add(comments=data.read("comments"), allies=allies)
    movement.demo_resolve.mark()
    say(f"  their reading groups, and {count} comments")


def name_the_organisation(name: str) -> None:
    settings = OrganisationSettings.current()
    settings.name_before_demo, settings.name = settings.name, name
    settings.is_demo = True
    settings.save()


def give_roles(allies: list[Ally]) -> None:
    """The first people of the cast also work in the CMS."""
    groups = ensure_roles()
    for index, part in cast.PARTS.items():
        if part in GROUPS:
            allies[index].user.groups.add(groups[GROUPS[part]])


@transaction.atomic
def remove() -> None:
    """Everything marked as the demo's, and nothing else."""
    conversations.remove()
    clubs.demo.remove()
    content.reads.demo.remove_reads()
    content.demo.remove()
    movement.demo_deeds.forget_proposals()
    movement.demo_resolve.remove()
    movement.demo_pulse.remove()
    movement.demo.remove()
    movement.demo_deeds.count_again()
    movement.demo_finding.remove()
    settings = OrganisationSettings.current()
    if settings.is_demo:
        settings.name, settings.name_before_demo, settings.is_demo = settings.name_before_demo, "", False
        settings.save()
