"""The components as template tags. Arguments are keyword-only and unknown ones are refused (see README.md).

This library is a builtin of the template engine: no `{% load %}` is needed.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ui import faces, fields, icons, navigation, prose, qrcode, themes
from ui.templatetags import drawings

register = Library()

#: What a message may say: its icon, and how urgently a screen reader says it.
TONES = {
    "good": ("check", "status"),
    "plain": ("info", ""),
    "care": ("circle-alert", "status"),
    "bad": ("circle-alert", "alert"),
}
#: Django's message levels, and those that say a tone directly (`extra_tags="care"`).
LEVELS = {"debug": "plain", "info": "plain", "success": "good", "warning": "care", "error": "bad"}


@register.simple_tag
def icon(name: str, *, label: str = "") -> SafeString:
    """A Lucide icon. It stands beside a word; where it cannot, `label` speaks for it."""
    return icons.icon(name, label=label)


@register.simple_tag
def face(*, name: str, kind: str = "open", size: str = "", picture: str = "") -> SafeString:
    return faces.face(name=name, kind=kind, size=size, picture=picture)


@register.simple_tag
def field(bound: BoundField, *, look: str = "", hint: str = "", label: str = "") -> SafeString:
    """A form field: label above, hint below, error between. `look`: "pick", "pick-col", "check" or "small"."""
    return render_to_string("components/field.html", fields.describe(bound, look=look, hint=hint, label=label))


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """Every field of the form in order, hidden ones included."""
    hidden = "".join(str(bound) for bound in form.hidden_fields())
    return SafeString(hidden + "".join(field(bound) for bound in form.visible_fields()))


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: BaseForm, *, lead: str = "") -> dict[str, Any]:
    """Says above a form that something has to be looked at, and where. Nothing when all is well. `lead` is what has not
    happened yet, where nothing is saved."""
    wrong = [bound for bound in form if bound.errors]
    hidden = [error for bound in wrong if bound.is_hidden for error in bound.errors]
    return {"form": form, "wrong": [bound for bound in wrong if not bound.is_hidden], "hidden": hidden, "lead": lead}


@register.filter
def in_a_row(label: str) -> str:
    """A label among others: a whole sentence loses its stop there, for the row has its own. A question stays one."""
    return str(label).rstrip(" .:")


@register.filter
def has_end(label: str) -> bool:
    """Whether a label ends a sentence by itself, once its stop is gone."""
    return in_a_row(label).endswith(("?", "!", "…"))


@register.simple_block_tag(end_name="endmsg")
def msg(content: SafeString, *, tone: str = "plain", just_in: bool = False) -> SafeString:
    symbol, role = TONES[tone]
    context = {"content": content, "tone": tone, "icon": symbol, "role": role, "just_in": just_in}
    return render_to_string("components/msg.html", context)


@register.filter
def minus(number: str) -> str:
    """“−0.1”: among words a number has a true minus sign, which is as wide as a plus and is read aloud."""
    return str(number).replace("-", "−")


@register.filter
def tone(message: Any) -> str:
    """The tone of one of Django's messages."""
    said = (message.extra_tags or "").split()
    return next((tag for tag in said if tag in TONES), LEVELS.get(message.level_tag, "plain"))


@register.inclusion_tag("components/empty.html")
def empty(
    *,
    title: str,
    text: str = "",
    action_url: str = "",
    action_label: str = "",
    reached: int = 0,
    level: int = 3,
) -> dict[str, Any]:
    """What will stand here, and the first step. `reached` (0 to 2) says how much has begun."""
    return {
        "title": title,
        "text": text,
        "action_url": action_url,
        "action_label": action_label,
        "reached": reached,
        "level": level,
    }


@register.inclusion_tag("components/pager.html")
def pager(*, next_url: str = "", label: str = "", previous_url: str = "", previous_label: str = "") -> dict[str, str]:
    """The way on through a list that is paged by key."""
    return {"next_url": next_url, "label": label, "previous_url": previous_url, "previous_label": previous_label}


@register.inclusion_tag("components/crumbs.html")
def crumbs(*, url: str, label: str, here: str = "") -> dict[str, str]:
    """The way back to the page above this one."""
    return {"url": url, "label": label, "here": here}


@register.inclusion_tag("components/weeks.html")
def weeks(*, data: Sequence[tuple[str, str, str]], label: str, caption: str = "") -> dict[str, Any]:
    """The rhythm: (what it was in words, "done", "paused" or "", a month's name below its first week), old to new."""
    return {"weeks": data, "label": label, "caption": caption}


@register.simple_tag
def qr(text: str, *, label: str = "") -> SafeString:
    """`text` as a QR code, drawn into the page."""
    return qrcode.qr(text, label=label)


@register.simple_tag
def markdown(text: str | None) -> SafeString:
    """Text from people: a small Markdown through a strict sanitizer."""
    return prose.markdown(text or "")


@register.inclusion_tag("components/nav.html", takes_context=True)
def main_nav(context: Context) -> dict[str, Any]:
    request: HttpRequest | None = context.get("request")
    user = getattr(request, "user", None)
    signed_in, path = bool(user and user.is_authenticated), request.path if request else ""
    own = getattr(context.get("organisation"), "in_navigation", [])
    opened = () if signed_in else context.get("opened_places") or ()
    return {
        "links": navigation.links(path=path, signed_in=signed_in, opened=opened),
        "extras": navigation.places([navigation.Link(link.url, link.label, exact=True) for link in own], path=path),
        "signed_in": signed_in,
        "is_visitor": user is not None and not signed_in,
        "path": path,
        "user": user,
    }


@register.inclusion_tag("components/settings_nav.html", takes_context=True)
def settings_nav(context: Context) -> dict[str, Any]:
    """The way through one's own settings, beside each of them."""
    request: HttpRequest | None = context.get("request")
    elsewhere = bool(settings.SOCIALACCOUNT_PROVIDERS)
    shown = [link for link in navigation.SETTINGS if elsewhere or link != navigation.OTHER_ACCOUNTS]
    return {"links": navigation.places(shown, path=request.path if request else "")}


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """The reader's own choice of paper: "light", "dark", or nothing (as the device has it)."""
    return themes.chosen(context.get("request"))


register.tags |= drawings.register.tags
