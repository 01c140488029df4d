"""The comments of a post, below the page it became."""

from datetime import datetime
from hashlib import sha1
from typing import Any

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from content.markdown import language, rich
from content.wordpress.markup import cleaned, paragraphs
from content.wordpress.models import Imported
from content.wordpress.report import Report
from content.wordpress.survey import Survey
from content.wordpress.wxr import Item, Said
from conversation.bringing import Brought, bring
from conversation.hosts import target_of
from conversation.models import Comment
from conversation.texts import clean_name, clean_text

SHOWN, HELD = {"1", "approve", "approved"}, {"0", "hold", "unapproved"}
NAMELESS = "A reader"
LONGEST_NAME, LONGEST_ADDRESS = 50, 254


def bring_talk(item: Item, page: Any, survey: Survey, report: Report, *, overwrite: bool) -> None:
    """New ones are added; those that are here follow the old site unless somebody changed them here."""
    chosen = [said for said in item.comments if is_wanted(said, report)]
    keys = [f"comment:{said.number}" for said in chosen]
    known = Imported.objects.of(survey.source, keys)
    here = {row.pk: row for row in Comment.objects.filter(pk__in=[one.target for one in known.values()])}
    author = survey.people.get(item.creator)
    fresh: list[Brought] = []
    for said, key in zip(chosen, keys, strict=True):
        one = brought(said, page.shown_at, author.number if author else 0, report, item)
        if key not in known:
            if one and all(key != other.key for other in fresh):
                fresh.append(one)
        elif one and (comment := here.get(known[key].target)):
            follow(one, comment, known[key], overwrite=overwrite, report=report, item=item)
    place(fresh, known, here, page, survey)
    report.count("comments", len(fresh))


def is_wanted(said: Said, report: Report) -> bool:
    if said.kind in ("pingback", "trackback"):
        report.count("pingbacks and trackbacks left out")
    elif said.status not in SHOWN | HELD:
        report.count("comments left out as spam or thrown away")
    else:
        return said.number > 0
    return False


def brought(said: Said, otherwise: datetime, author: int, report: Report, item: Item) -> Brought | None:
    """None for a comment in which there is nothing to read."""
    try:
        text = clean_text(text_of(said.text))
    except ValidationError:
        report.note(item.label, f"comment {said.number} has no text and is left out")
        return None
    return Brought(
        key=f"comment:{said.number}",
        name=name_of(said, report, item),
        email=said.email if "@" in said.email and len(said.email) <= LONGEST_ADDRESS else "",
        text=text,
        written_at=said.written_at or otherwise,
        is_public=said.status in SHOWN,
        by_author=bool(author) and said.user == author,
        answers=f"comment:{said.parent}" if said.parent else None,
    )


def name_of(said: Said, report: Report, item: Item) -> str:
    """Never an address, whatever the old site let people write there."""
    try:
        return clean_name(said.name)[:LONGEST_NAME].strip() or NAMELESS
    except ValidationError:
        report.note(item.label, f"comment {said.number} bore an address or no name: it is by “{NAMELESS}”")
        return NAMELESS


def text_of(html: str) -> str:
    """As the site's own comments are written: Markdown."""
    clean = cleaned(paragraphs(html.replace("\r\n", "\n")))
    nodes = [node for node in rich.nodes_of(clean) if not isinstance(node, rich.Line) or node.spans]
    return language.written(nodes) or BeautifulSoup(clean, "html.parser").get_text("\n")


def place(
    fresh: list[Brought], known: dict[str, Imported], here: dict[int, Comment], page: Any, survey: Survey
) -> None:
    if not fresh:
        return
    standing = {key: row.target for key, row in known.items() if row.target in here}
    threaded = [Brought(**{**vars(one), "answers": standing.get(str(one.answers), one.answers)}) for one in fresh]
    made = bring(target=target_of(page), comments=threaded)
    Imported.objects.bulk_create(
        [
            Imported(source=survey.source, key=key, target=comment.pk, left_as=state_of(comment))
            for key, comment in made.items()
        ],
        update_conflicts=True,
        unique_fields=["source", "key"],
        update_fields=["target", "left_as"],
    )


def follow(one: Brought, comment: Comment, row: Imported, *, overwrite: bool, report: Report, item: Item) -> None:
    """Text and status of the old site, for a comment that nobody touched here."""
    if (comment.comment, comment.is_public) == (one.text, one.is_public):
        return
    if row.left_as != state_of(comment) and not overwrite:
        report.note(item.label, f"comment {one.key.removeprefix('comment:')} was changed here and stays as it is")
        return
    comment.comment, comment.is_public = one.text, one.is_public
    Comment.objects.filter(pk=comment.pk).update(comment=one.text, is_public=one.is_public)
    row.left_as = state_of(comment)
    row.save(update_fields=["left_as"])
    report.count("comments changed")


def state_of(comment: Comment) -> str:
    said = (comment.comment, comment.is_public, comment.is_removed)
    return sha1(repr(said).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
