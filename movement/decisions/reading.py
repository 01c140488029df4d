"""The lens read aloud: a few sentences, from the most to the least certain."""

from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from movement.decisions.lens import Cell, Lens, Weighed


def sentences(lens: Lens) -> list[str]:
    """What is learnt; an invitation to go on while there is nothing to compare."""
    if not lens.begun:
        return [_("Nothing is weighed yet. Take one stakeholder, and ask how each option is for them.")]
    if not lens.is_comparable:
        return [_("Not every option is weighed yet, so there is nothing to compare."), *_gaps(lens)]
    return [*_most(lens), *_later(lens), *_gaps(lens)]


def _names(options: Sequence[Weighed]) -> str:
    return get_text_list([f"“{one.option.text}”" for one in options], _("and"))


def _most(lens: Lens) -> list[str]:
    if len(lens.most) == len(lens.options) and len(lens.cheapest) == len(lens.options):
        return [_("As far as it is weighed, all options come out the same. It is a tie: something else will decide.")]
    if len(lens.most) > 1:
        tie = _("%(names)s help equally much, all taken together: a tie.") % {"names": _names(lens.most)}
        return [tie, *_least_among(lens), *(_cost(one) for one in lens.most)]
    (best,) = lens.most
    if best in lens.cheapest:
        sure = _("“%(name)s” helps most, and takes least from others.")
        so_far = _("As far as it is weighed, “%(name)s” helps most, and takes least from others.")
        return [(so_far if lens.could_turn else sure) % {"name": best.option.text}, _cost(best)]
    said = _("“%(name)s” helps most, all taken together, and that has a price; %(cheapest)s takes least from others.")
    told = said % {"name": best.option.text, "cheapest": _names(lens.cheapest)}
    return [told, _cost(best), *(_cost(one) for one in lens.cheapest)]


def _least_among(lens: Lens) -> list[str]:
    """Within a tie: which of them costs least, where that is not all of them."""
    if not lens.both or len(lens.both) == len(lens.most):
        return []
    return [_("Of these, %(names)s takes least from others.") % {"names": _names(lens.both)}]


def _cost(one: Weighed) -> str:
    if not one.trade_offs:
        said = _("By what is weighed so far, nobody pays for “%(name)s”.")
        return said % {"name": one.option.text}
    paid = get_text_list([_paid(cell) for cell in one.trade_offs], _("and"))
    return _("What “%(name)s” trades away: it is worse for %(paid)s.") % {"name": one.option.text, "paid": paid}


def _paid(cell: Cell) -> str:
    who = str(cell.stakeholder)
    return f"{who} ({cell.why})" if cell.why else who


def _later(lens: Lens) -> list[str]:
    later = [one for one in lens.options if one.comes_later]
    again = [one for one in lens.options if one.goes_again]
    said = []
    if later:
        words = _("%(names)s costs something at first and gives more within the year: worth explaining beforehand.")
        said.append(words % {"names": _names(later)})
    if again:
        words = _("%(names)s helps at first, and costs more than that within the year.")
        said.append(words % {"names": _names(again)})
    return said


def _gaps(lens: Lens) -> list[str]:
    if not lens.unknown:
        return []
    said = ngettext(
        "%(n)s field is empty: that is unknown, not zero.", "%(n)s fields are empty: those are unknown, not zero.",
        lens.unknown,
    ) % {"n": lens.unknown}  # fmt: skip
    if not lens.is_comparable:
        return [said]
    could, stays = _("What is missing could still turn the answer."), _("Whatever is missing, the answer stays.")
    return [f"{said} {could if lens.could_turn else stays}"]
