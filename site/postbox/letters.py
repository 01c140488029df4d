"""A mail's words and headers, from its templates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import BadHeaderError
from django.template import Context
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.crypto import salted_hmac

from postbox import links

#: `@media` rules (narrow screens, dark) stay in a style element; everything else goes into the elements.
INLINER = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)

LONGEST_SUBJECT = 250

#: What every letter knows besides its own context; higher floors add theirs (`organisation_name`).
_known_to_all: list[Callable[[], Mapping[str, Any]]] = []


def let_all_know(gather: Callable[[], Mapping[str, Any]]) -> None:
    """Register in `AppConfig.ready()`: asked once for each letter that is written."""
    _known_to_all.append(gather)


@dataclass(frozen=True, kw_only=True)
class Letter:
    subject: str
    text: str
    html: str


def write(template: str, context: Mapping[str, Any]) -> Letter:
    """From templates/mail/<template>.{subject.txt,txt,html}; the last one may be missing."""
    known: dict[str, Any] = {"site_name": settings.WAGTAIL_SITE_NAME, "site_url": settings.SITE_URL}
    for gather in _known_to_all:
        known |= gather()
    known |= context
    subject = one_line(_plain(f"mail/{template}.subject.txt", known).strip())[:LONGEST_SUBJECT]
    text = _plain(f"mail/{template}.txt", known | {"subject": subject}).strip() + "\n"
    return Letter(subject=subject, text=text, html=_html(template, known | {"subject": subject}))


def headers_for(*, kind: str, unsubscribe_url: str | None, more: Mapping[str, str]) -> dict[str, str]:
    """What mail programs and lists go by; refuses a line break in any value."""
    headers = {"Auto-Submitted": "auto-generated", "List-Id": f"<{kind}.{links.host()}>"}
    if unsubscribe_url:
        headers |= {"List-Unsubscribe": f"<{unsubscribe_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return {one_line(name): one_line(value) for name, value in (headers | dict(more)).items()}


def message_id(*, kind: str, event: str, recipient: str) -> str:
    """The same for the same mail, so that one sent twice after a crash is seen as one."""
    digest = salted_hmac("postbox.message-id", f"{kind}\n{event}\n{recipient}", algorithm="sha256").hexdigest()[:40]
    return f"<{digest}@{links.host()}>"


def one_line(text: str) -> str:
    """The text itself; BadHeaderError when a line break could start a header of somebody else's."""
    if any(sign in text for sign in "\r\n\x00"):
        raise BadHeaderError("A header of a mail is one line.")
    return text


def _plain(name: str, context: Mapping[str, Any]) -> str:
    return get_template(name).template.render(Context(dict(context), autoescape=False))  # type: ignore[attr-defined]


def _html(template: str, context: Mapping[str, Any]) -> str:
    try:
        page = get_template(f"mail/{template}.html")
    except TemplateDoesNotExist:
        return ""
    return INLINER.inline(page.render(dict(context)))
