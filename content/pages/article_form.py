"""The article's form in the CMS."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from content.cms.forms import PublicPageForm
from content.mailings.choices import Audience
from content.pages.sorting import AnnouncedPart


class ArticleForm(PublicPageForm):
    """Which announced part an article is can only be one of its own series; choosing one chooses the series too.

    A draft is kept as it is; what is published or handed in shows nobody a picture without words.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "authors" in self.fields and not self.instance.pk and self.for_user:
            # Whoever begins it signs it, until they say otherwise.
            self.initial["authors"] = list(self.for_user.bylines.all())
        if field := self.fields.get("announced_part"):
            parts = AnnouncedPart.objects.select_related("series").order_by("series__title", "sort_order")
            field.queryset = parts.filter(series=self.instance.series_id) if self.instance.series_id else parts
            field.label_from_instance = lambda part: f"{part.series.title}: {part.title}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        part, series = cleaned.get("announced_part"), cleaned.get("series")
        if part and not series and "series" in self.fields:
            cleaned["series"] = part.series
        elif part and series and part.series_id != series.pk:
            self.add_error(
                "announced_part", ValidationError(_("This part was announced in another series."), code="other_series")
            )
        if (
            not self.is_deferred_validation
            and cleaned.get("mail_to") == Audience.TOPIC
            and not cleaned.get("mail_topic")
        ):
            self.add_error("mail_topic", _("Say which topic, or let the mail go to everybody who wants it."))
        if not self.is_deferred_validation and cleaned.get("cover") and not (cleaned.get("cover_alt") or "").strip():
            self.add_error("cover_alt", _("Say what the cover shows, for those who cannot see it."))
        return cleaned
