"""Personal data of decisions: all that somebody weighed is theirs."""

from collections.abc import Iterator
from typing import Any

from accounts.models import User
from accounts.personal_data import declare, delete_rows
from movement.decisions.models import Decision, Effect

SAID = ("text", "background", "audience", "written_at", "ask_on", "asked_at", "happened", "happened_at")


def _exported(user: User) -> Iterator[dict[str, Any]]:
    for decision in Decision.objects.filter(owner__user=user).prefetch_related("options", "stakeholders"):
        weighed = Effect.objects.filter(option__decision=decision).select_related("option", "stakeholder")
        yield {
            **{name: getattr(decision, name) for name in SAID},
            "options": [option.text for option in decision.options.all()],
            "stakeholders": [str(one) for one in decision.stakeholders.all()],
            "weighed": [
                {
                    "option": one.option.text,
                    "stakeholder": str(one.stakeholder),
                    "when": one.when,
                    "score": one.score,
                    "why": one.word,
                }
                for one in weighed.order_by("stakeholder__place", "option__place", "when")
            ],
        }


def declare_decisions() -> None:
    declare(Decision, export=_exported, erase=delete_rows(Decision, "owner__user"))
