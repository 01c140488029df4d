"""What is asked at sections, and what is closed to whoever has not read them, for pages of rooms that stand below the
talk.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.template import Context, Library

from clubs.discussion.models import Question, opened_sections
from clubs.meetings.models import Meeting
from clubs.reading.models import Section

register = Library()


class Asked(NamedTuple):
    """`waiting`: the sections at which something is asked that could give away what this reader has not read."""

    questions: list[Question]
    waiting: list[Section]

    def __bool__(self) -> bool:
        return bool(self.questions or self.waiting)


@register.simple_tag(takes_context=True)
def asked_at(context: Context, sections: Iterable[Section]) -> Asked:
    """The questions of these sections, as far as they are open to whoever looks; two queries."""
    by_number = {section.pk: section for section in sections}
    if not by_number:
        return Asked([], [])
    among = Question.objects.filter(section__in=by_number)
    shown = among.visible_to(context["request"].user).order_by("section__position", "asked_at", "pk")
    questions = list(shown.select_related("section"))
    closed = among.exclude(pk__in=[question.pk for question in questions]).order_by().values_list("section", flat=True)
    waiting = sorted((by_number[number] for number in set(closed)), key=lambda section: section.position)
    return Asked(questions, waiting)


@register.simple_tag(takes_context=True)
def gate_of(context: Context, meeting: Meeting, *, opened: Collection[int] | None = None) -> list[Section]:
    """The sections on its table that are not open to whoever looks: as long as there are some, its agenda, its
    questions and its notes could give away what they have not read. `opened` is known already, or asked for here.
    """
    sections = list(meeting.sections.all())
    if opened is None and sections:
        membership = context.get("membership") or getattr(context["request"], "membership", None)
        within = opened_sections(membership).filter(pk__in=[section.pk for section in sections])
        opened = set(within.values_list("pk", flat=True)) if membership else set()
    return [section for section in sections if section.pk not in (opened or ())]
