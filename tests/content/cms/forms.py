"""What the editor's form of an article posts."""

from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from content.pages.articles import ArticlePage


def article_form(**fields: Any) -> dict[str, Any]:
    """A whole form with one block of text; `fields` are in place of ours, `body` a list of (type, value)."""
    body = fields.pop("body", [("text", rich_text("<p>What was said at the counter.</p>"))])
    return nested_form_data(
        {
            "title": "The form that lost nine fields",
            "slug": "nine-fields",
            "standfirst": "Two questions at a counter.",
            "body": streamfield(body),
            "comments": inline_formset([]),
            "shown_at": "2026-05-04 09:00",
            "goes_out": "both",
            "mail_to": "all",
            "talk": "everyone",
            "summary": "",
            "cover_alt": "",
            "series_part": "",
            "go_live_at": "",
            "expire_at": "",
            "seo_title": "",
            "search_description": "",
        }
        | fields
    )


def newest() -> ArticlePage:
    return ArticlePage.objects.order_by("-pk").first()
