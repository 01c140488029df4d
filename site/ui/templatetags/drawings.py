"""The drawings as template tags. `ui.templatetags.ui` hands them on, so no `{% load %}` is needed."""

from collections.abc import Sequence
from typing import Any

from django.template import Library
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ui import drawing, ranges
from ui.shapes import joined

register = Library()


@register.simple_tag
def rings(*, reached: int, scale: float = 1) -> SafeString:
    """The stages: 0 not begun, 1 a handful, 2 a department, 3 a division, 4 the organisation."""
    return drawing.rings(reached=reached, scale=scale).svg()


@register.simple_tag
def empty_art(*, reached: int = 0) -> SafeString:
    return drawing.waiting(reached=reached).svg()


@register.inclusion_tag("components/hero_rings.html")
def hero_rings(*, stage: int, share: float = 0.0) -> dict[str, Any]:
    """The home page's swell. `stage` 0 to 4 is reached, `share` (0 to 1) of the way to the next."""
    names = [_("a department"), _("a division"), _("the organisation")]
    titles = [_("nobody yet"), _("a handful"), *names]
    return {"shapes": drawing.hero(stage=stage, share=share, names=names), "stage": titles[stage]}


@register.simple_tag
def svg_shapes(shapes: Sequence[Any]) -> SafeString:
    return joined(shapes)


@register.simple_tag
def ladder_art(*, reached: int, share: float = 0.0) -> SafeString:
    return drawing.ladder(reached=reached, share=share).svg()


@register.simple_tag
def chapter_rings(*, n: int) -> SafeString:
    """Chapter n of the primer, on the field."""
    return drawing.chapter(n=n).svg()


@register.simple_tag
def chapter_art(*, n: int) -> SafeString:
    """Chapter n of the primer, large, on paper."""
    return drawing.chapter_head(n=n).svg()


@register.simple_tag
def walk_step(*, n: int, done: bool = False) -> SafeString:
    return drawing.walk(n=n, done=bool(done)).svg()


@register.simple_tag
def meet(*, left: bool = True, right: bool = True) -> SafeString:
    """Two people; each side is dashed until that one has agreed."""
    return drawing.meet(left=bool(left), right=bool(right)).svg()


@register.simple_tag
def pull_art() -> SafeString:
    return drawing.pull().svg()


@register.simple_tag
def act_art() -> SafeString:
    return drawing.act().svg()


@register.simple_tag
def gap_art() -> SafeString:
    return drawing.gap().svg()


@register.simple_tag
def gate_art() -> SafeString:
    return drawing.gate().svg()


@register.simple_tag
def mile_art(*, size: int = 1, done: bool = True) -> SafeString:
    return drawing.milestone(size=size, done=bool(done)).svg()


@register.simple_tag
def where_strip(*, sections: int, counts: Sequence[int], label: str, you: int | None = None) -> SafeString:
    """Members on the ground line of a book: `counts[k]` have read to section k (0 is the start)."""
    words = {"label": label, "start": _("start"), "me": _("you")}
    wide = drawing.where(sections=sections, counts=counts, you=you, narrow=False, **words).svg()
    return wide + drawing.where(sections=sections, counts=counts, you=you, narrow=True, **words).svg()


@register.simple_tag
def coverage_circle(*, headcount: int, largest: int, allies: int | None = None, hidden: bool = False) -> SafeString:
    """A department: all outlined, allies filled, by area. `hidden` (or allies None) draws a dashed outline only."""
    shown = None if hidden else allies
    return drawing.coverage(allies=shown, headcount=headcount, largest=largest).svg()


@register.simple_tag
def reproduction_art(*, low: float, mean: float, high: float) -> SafeString:
    """How many each one brings, beside the line of one for one."""
    return ranges.against_one(low=low, mean=mean, high=high).svg()
