"""A mail's words and headers, from its templates."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.mime.text import MIMEText
from typing import Any

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import BadHeaderError
from django.template import Context
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import reverse
from django.utils.crypto import salted_hmac
from post_office.models import Email

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
class Enclosed:
    """A file that goes along: kept nowhere, made as the mail goes out. Only a text can have `params`, which stand
    beside its kind, as in `text/calendar; method=REQUEST`."""

    name: str
    content: bytes
    kind: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Letter:
    subject: str
    text: str
    html: str
    enclosed: Sequence[Enclosed] = ()


def write(template: str, context: Mapping[str, Any]) -> Letter:
    """From templates/mail/<template>.{subject.txt,txt,html}; the last one may be missing."""
    known: dict[str, Any] = {"site_name": settings.WAGTAIL_SITE_NAME, "site_url": settings.SITE_URL}
    for gather in _known_to_all:
        known |= gather()
    known |= context
    subject = one_line(_plain(f"mail/{template}.subject.txt", known).strip())[:LONGEST_SUBJECT]
    text = _plain(f"mail/{template}.txt", known | {"subject": subject}).strip() + "\n"
    return Letter(subject=subject, text=text, html=_html(template, known | {"subject": subject}))


def headers_for(*, kind: str, label: str, unsubscribe_url: str | None, more: Mapping[str, str]) -> dict[str, str]:
    """What mail programs and lists go by (RFC 2919, 2369, 8058, 3834); refuses a line break in any value."""
    phrase = re.sub(r'["\\<>]', "", label)
    headers = {"Auto-Submitted": "auto-generated", "List-Id": f'"{phrase}" <{kind}.{links.host()}>'}
    if unsubscribe_url:
        ways = [f"<{unsubscribe_url}>"]
        if settings.BOUNCE_ADDRESS and settings.BOUNCE_MAILBOX:  # somebody reads it
            ways += _by_mail(unsubscribe_url)
        headers |= {"List-Unsubscribe": ", ".join(ways), "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return {one_line(name): one_line(value) for name, value in (headers | dict(more)).items()}


def _by_mail(unsubscribe_url: str) -> list[str]:
    """Only the links of `unsubscribing` can be answered by mail: its tokens are all that the mailbox's reader knows."""
    token = unsubscribe_url.rstrip("/").rpartition("/")[2]
    if unsubscribe_url != links.absolute(reverse("postbox:unsubscribe", args=[token])):
        return []
    return [f"<mailto:{settings.BOUNCE_ADDRESS}?subject=unsubscribe%20{token}>"]


def return_to(email: Email, address: str) -> None:
    """Let the mail (in memory only) come back to this address, when there is one; its From stays."""
    if address:
        email.headers = {"From": email.from_email, **(email.headers or {})}
        email.from_email = address


def enclose(email: Email, files: Sequence[Enclosed]) -> None:
    """Put these into the mail (in memory only), once its headers are as they stay."""
    for file in files:
        if file.params:
            email.email_message().attach(_text_part(file))
        else:
            email.email_message().attach(file.name, file.content, file.kind)


def _text_part(file: Enclosed) -> MIMEText:
    part = MIMEText(file.content.decode(), file.kind.partition("/")[2], "utf-8")
    for name, value in file.params.items():
        part.set_param(name, value)
    part.add_header("Content-Disposition", "attachment", filename=file.name)
    return part


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
