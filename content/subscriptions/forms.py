from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import zones
from content.pages.articles import ArticlePage
from content.pages.sorting import Author, Topic
from content.subscriptions import choosing, sources
from content.subscriptions.choosing import Choice
from content.subscriptions.models import Pace, Subscriber
from postbox import discretion
from ui.choices import RowChoices


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    #: People do not see it; what fills in every field does.
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def is_a_machine(self) -> bool:
        return bool(self.cleaned_data.get("website"))


class Articles(models.TextChoices):
    ALL = "all", _("All of them")
    SOME = "some", _("Those about a topic or by an author that I tick")
    NONE = "none", _("None")


class ChoiceForm(forms.Form):
    """What, when, and for whose eyes."""

    articles = forms.ChoiceField(label=_("New articles"), choices=Articles.choices, widget=forms.RadioSelect)
    topics = RowChoices(Topic.objects.all(), required=False, label=_("About"), widget=forms.CheckboxSelectMultiple)
    authors = RowChoices(Author.objects.none(), required=False, label=_("By"), widget=forms.CheckboxSelectMultiple)
    followed = forms.MultipleChoiceField(
        required=False,
        label=_("News of reading groups"),
        help_text=_("Which book, and when they meet. On Mondays, if you hear of articles at once."),
        widget=forms.CheckboxSelectMultiple,
    )
    pace = forms.ChoiceField(label=_("When"), choices=Pace.choices, widget=forms.RadioSelect, initial=Pace.NOW)
    timezone = forms.ChoiceField(label=_("Your time zone"), required=False, choices=zones.choices)
    discreet = forms.BooleanField(
        label=_("Others may see my inbox"),
        required=False,
        help_text=_("Our letters then bear a subject and a sender that could be anybody’s."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        writing = Author.objects.filter(articles__in=ArticlePage.objects.public_ones().order_by().values("pk"))
        self.fields["authors"].queryset = writing.distinct()  # type: ignore[attr-defined]
        offers = [
            (f"{source.name}:{offer.key}", offer.label) for source in sources.in_order() for offer in source.offered()
        ]
        self.fields["followed"].choices = offers  # type: ignore[attr-defined]
        self.fields["timezone"].initial = settings.TIME_ZONE
        for name, there in (("topics", Topic.objects.exists()), ("authors", writing.exists()), ("followed", offers)):
            if not there:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        articles = data.get("articles")
        if articles == Articles.SOME and not (data.get("topics") or data.get("authors")):
            self.add_error("articles", _("Tick a topic or an author, or choose all of them."))
        if articles == Articles.NONE and not data.get("followed"):
            self.add_error("articles", _("Then nothing is left. Tick something to hear of, or stop the letters."))
        return data

    @property
    def choice(self) -> Choice:
        data = self.cleaned_data
        pairs = (pair.partition(":") for pair in data.get("followed", ()))
        picks = data["articles"] == Articles.SOME
        return Choice(
            everything=data["articles"] == Articles.ALL,
            topics=data.get("topics", ()) if picks else (),
            authors=data.get("authors", ()) if picks else (),
            followed=frozenset((source, key) for source, _colon, key in pairs),
            pace=data["pace"],
            timezone=data.get("timezone", ""),
            discreet=data["discreet"],
        )


class SubscribeForm(AddressForm, ChoiceForm):
    """An address alone means all new articles, at once. The zone is the browser's, put into a hidden field by a
    script; without one it is the site's.
    """

    timezone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput(attrs={"data-here": ""}))  # type: ignore[assignment]
    field_order = ["email"]

    def __init__(self, data: Any = None) -> None:
        unsaid = {"articles": Articles.ALL.value, "pace": Pace.NOW.value}
        if data is not None:
            data = data.copy()
            for name, value in unsaid.items():
                data.setdefault(name, value)
        super().__init__(data, initial=unsaid | {"timezone": ""})

    def clean_timezone(self) -> str:
        return zones.known(self.cleaned_data["timezone"])


def articles_of(subscriber: Subscriber) -> str:
    if subscriber.everything:
        return Articles.ALL
    return Articles.SOME if choosing.wants_articles(subscriber) else Articles.NONE


def as_chosen(subscriber: Subscriber) -> dict[str, Any]:
    """What the boxes show at first."""
    return {
        "articles": articles_of(subscriber),
        "topics": subscriber.topics.all(),
        "authors": subscriber.authors.all(),
        "followed": [str(followed) for followed in subscriber.followed.all()],
        "pace": subscriber.pace,
        "timezone": subscriber.timezone or settings.TIME_ZONE,
        "discreet": subscriber.is_discreet or discretion.is_discreet(subscriber.email),
    }
