"""Personal data of introductions, blocks and lunches (design rule 11)."""

from django.db.models import Q

from accounts.models import User
from accounts.personal_data import declare, delete_rows, kept_without_name, rows
from movement.allies.blocks import Block
from movement.introductions.models import Introduction, Side, State
from movement.introductions.reports import Report, erase_reports, own_reports
from movement.lunch.models import LunchWish, Seat


def declare_finding() -> None:
    said = ("introduction__created_at", "introduction__state", "answer", "answered_at", "reach", "words")
    declare(Side, export=rows(Side, "ally__user", *said), erase=kept_without_name)
    begun = rows(Introduction, "by__user", "note", "created_at", "settled_at")
    declare(Introduction, export=begun, erase=erase_introductions)
    declare(Report, export=own_reports, erase=erase_reports)
    declare(Block, export=rows(Block, "blocker__user", "called", "at"), erase=erase_blocks)
    wished = ("rhythm", "days", "reach", "paused_until", "saved_at")
    declare(LunchWish, export=rows(LunchWish, "ally__user", *wished), erase=delete_rows(LunchWish, "ally__user"))
    sat = ("round__monday", "lunch__starts_at", "reach", "met")
    declare(Seat, export=rows(Seat, "ally__user", *sat), erase=delete_rows(Seat, "ally__user"))


def erase_introductions(user: User) -> None:
    """Those they were in go; two whom they brought together and who agreed keep each other, without the note."""
    Introduction.objects.filter(Q(low__user=user) | Q(high__user=user)).delete()
    brought = Introduction.objects.filter(by__user=user)
    brought.exclude(state=State.AGREED).delete()
    brought.update(by=None, note="")


def erase_blocks(user: User) -> None:
    Block.objects.of(user_id=user.pk).delete()
