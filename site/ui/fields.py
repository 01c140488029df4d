"""How a form field is drawn: which shape it takes, and what a screen reader is told about it."""

from typing import Any

from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    ClearableFileInput,
    FileInput,
    RadioSelect,
)

LOOKS = ("", "check", "pick", "pick-col", "small")


def describe(bound: BoundField, *, look: str, hint: str, label: str) -> dict[str, Any]:
    """What `components/field.html` needs to draw `bound`."""
    if look not in LOOKS:
        raise ValueError(f"A field looks like one of {LOOKS}, not {look!r}.")
    if not isinstance(bound, BoundField):
        raise TypeError(f"This is no field of a form: {bound!r}.")
    hint = hint or str(bound.help_text)
    shape = _shape(bound)
    attributes = _attributes(bound, hint=hint, shape=shape, small=look == "small")
    return {
        "field": bound,
        "shape": shape,
        "look": look or ("check" if shape == "choices" else ""),
        "hint": hint,
        "label": label or bound.label,
        "describedby": attributes.get("aria-describedby", ""),
        "control": "" if shape == "choices" else bound.as_widget(attrs=attributes),
        "trap": "style" in bound.field.widget.attrs,
        "optional": not bound.field.required and shape != "check" and not bound.field.disabled,
    }


def _shape(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, ClearableFileInput | FileInput):
        return "file"
    return "text"


def _attributes(bound: BoundField, *, hint: str, shape: str, small: bool) -> dict[str, Any]:
    own = bound.field.widget.attrs
    attributes: dict[str, Any] = {}
    if "style" in own:  # a trap for robots; our policy allows no style attribute, so a class hides it
        attributes |= {"style": False, "tabindex": "-1"}
    if str(bound.label).lower() in str(own.get("placeholder", "")).lower():  # it would only repeat the label
        attributes["placeholder"] = False
    if shape in ("text", "file"):
        attributes["class"] = " ".join(filter(None, ["input", "input--s" if small else "", own.get("class", "")]))
    spoken = [f"{bound.auto_id}_hint"] if hint else []
    if bound.errors:
        spoken.append(f"{bound.auto_id}_error")
        attributes["aria-invalid"] = "true"
    if spoken:
        attributes["aria-describedby"] = " ".join(spoken)
    return attributes
