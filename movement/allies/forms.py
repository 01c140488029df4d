"""How an ally wants to appear: at the welcome, and ever after on the profile page."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import zones
from accounts.models import User
from movement.allies.languages import MOST_LANGUAGES
from movement.allies.languages import choices as languages
from movement.allies.models import Ally, AllyQuerySet, Unit, Visibility
from movement.allies.names import (
    alias_tells,
    refuse_formula,
    refuse_hidden_characters,
    refuse_line_breaks,
    refuse_odd_alias,
    skeleton,
)
from movement.allies.portraits import MOST_BYTES, redrawn
from movement.allies.tags import LONGEST_TAG, MOST_TAGS, AllyTag, Way, key_of

VISIBILITY_IN_WORDS = [
    (Visibility.OPEN, _("Open. Allies see your name and your department.")),
    (Visibility.ALIAS, _("By an alias. Allies see a name you make up, and your division.")),
    (Visibility.QUIET, _("Quiet. You are counted, and never shown to anybody.")),
]


class UnitChoices(forms.models.ModelChoiceIterator):
    """Departments under their division; a division without departments stands for itself."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        divisions: dict[Unit, list[Unit]] = {}
        for unit in self.queryset:
            divisions.setdefault(unit.division, [])
            if unit.parent:
                divisions[unit.division].append(unit)
        for division, departments in divisions.items():
            yield (division.name, [self.choice(unit) for unit in departments or [division]])


class UnitField(forms.ModelChoiceField):
    iterator = UnitChoices


class AppearanceForm(forms.ModelForm[Ally]):
    unit = UnitField(
        Unit.objects.none(),
        label=_("Department"),
        required=False,
        empty_label=_("Not in this list, or I would rather not say"),
    )
    visibility = forms.ChoiceField(
        label=_("How shall others see you?"), choices=VISIBILITY_IN_WORDS, widget=forms.RadioSelect
    )
    timezone = forms.ChoiceField(label=_("Your time zone"), choices=zones.choices)

    class Meta:
        model = Ally
        fields = ["name", "unit", "visibility", "alias"]
        labels = {"name": _("Your name"), "alias": _("Your alias")}
        help_texts = {
            "name": _("As colleagues know you. Nobody but you sees it unless you choose to be open."),
            "alias": _("Only if you chose an alias. Not your initials, not your nickname."),
        }
        widgets: dict[str, forms.Widget] = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["unit"].queryset = Unit.objects.choosable()  # type: ignore[attr-defined]
        self.fields["timezone"].initial = user.timezone or settings.TIME_ZONE
        if self.instance.unit and self.instance.unit.closed_on:
            self.fields["unit"].help_text = _("%(unit)s was closed. Where do you work now?") % {
                "unit": self.instance.unit.name
            }

    def clean_name(self) -> str:
        refuse_line_breaks(self.cleaned_data["name"])
        name = " ".join(self.cleaned_data["name"].split())
        refuse_hidden_characters(name)
        refuse_formula(name)
        return name

    def clean_alias(self) -> str:
        refuse_line_breaks(self.cleaned_data["alias"])
        alias = " ".join(self.cleaned_data["alias"].split())
        if alias:
            refuse_odd_alias(alias)
        return alias

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        visibility, name, alias = data.get("visibility"), data.get("name", ""), data.get("alias", "")
        if visibility == Visibility.OPEN and not name and "name" not in self.errors:
            self.add_error("name", _("To be open, give the name that colleagues know."))
        if visibility == Visibility.ALIAS and not alias and "alias" not in self.errors:
            self.add_error("alias", _("Choose an alias, or another way to appear."))
        if visibility == Visibility.OPEN and name:
            self._judge_name(name)
        if alias:
            self._judge_alias(alias, name)
        return data

    def _others(self) -> AllyQuerySet:
        """Those whose names may be compared: what is said of a name tells nobody of a quiet ally."""
        return Ally.objects.shown_to_allies().exclude(user=self.user)

    def _judge_name(self, name: str) -> None:
        if self._others().by_alias().filter(alias_key=skeleton(name)).exists():
            self.add_error("name", _("Somebody goes by this as their alias. Add a second name, or an initial."))

    def _judge_alias(self, alias: str, name: str) -> None:
        if alias_tells(alias, name=name, email=self.user.email):
            self.add_error("alias", _("That is close to your name or address. Choose something that could be anyone."))
        key = skeleton(alias)
        another = Ally.objects.exclude(user=self.user).filter(alias_key=key).exists()
        if another or self._others().open().filter(name_key=key).exists():
            self.add_error("alias", taken())


class TagsField(forms.CharField):
    """A few words, between commas. Gives a list; two that mean the same are one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": (LONGEST_TAG + 2) * MOST_TAGS * 2} | kwargs)

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        refuse_hidden_characters(text)
        words = [" ".join(word.split()) for word in text.replace(";", ",").split(",")]
        by_key: dict[str, str] = {}
        for word in words:
            by_key.setdefault(key_of(word), word)
        found = [word for key, word in by_key.items() if key]
        if len(found) > MOST_TAGS:
            raise ValidationError(_("At most %(n)s, so that each of them counts.") % {"n": MOST_TAGS})
        if any(len(word) > LONGEST_TAG for word in found):
            raise ValidationError(_("At most %(n)s letters each.") % {"n": LONGEST_TAG})
        return found


class ProfileForm(AppearanceForm):
    can_help = TagsField(
        label=_("What you can help with"),
        help_text=_("A few words between commas: invoices, route planning, saying no kindly."),
    )
    want_to_learn = TagsField(
        label=_("What you would like to learn"), help_text=_("Others find you by these, and you find them.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"), choices=languages, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta(AppearanceForm.Meta):
        fields = ["name", "unit", "show_unit", "role", "show_role", "about", "reach_me", "visibility", "alias"]
        labels = AppearanceForm.Meta.labels | {
            "role": _("What you do"),
            "about": _("About you"),
            "reach_me": _("How to reach you"),
            "show_unit": _("Show where I work"),
            "show_role": _("Show what I do"),
        }
        help_texts = AppearanceForm.Meta.help_texts | {
            "role": _("Shown beside your name if you are open; never beside an alias."),
            "about": _("A sentence or two, shown beside your name or your alias. Mind what it gives away."),
            "reach_me": _(
                "A number, a room, an address. Given to somebody only after you both said yes to an introduction."
            ),
            "show_unit": _("Your department if you are open, your division if you go by an alias."),
        }
        widgets: dict[str, forms.Widget] = {
            **AppearanceForm.Meta.widgets,
            "about": forms.Textarea(attrs={"rows": 3, "maxlength": 280}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            tags = list(AllyTag.objects.filter(ally=self.instance))
            self.fields["can_help"].initial = in_words(tags, Way.HELP)
            self.fields["want_to_learn"].initial = in_words(tags, Way.LEARN)
            self.fields["languages"].initial = list(self.instance.languages.values_list("code", flat=True))

    def clean_role(self) -> str:
        return one_line(self.cleaned_data["role"])

    def clean_about(self) -> str:
        return one_line(self.cleaned_data["about"])

    def clean_reach_me(self) -> str:
        return one_line(self.cleaned_data["reach_me"])

    def clean_languages(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["languages"]
        if len(chosen) > MOST_LANGUAGES:
            raise ValidationError(_("At most %(n)s languages.") % {"n": MOST_LANGUAGES})
        return chosen


class PortraitForm(forms.Form):
    """The picture as it will be kept, in `cleaned_data["picture"]`."""

    picture = forms.FileField(
        label=_("A portrait"),
        help_text=_("JPEG, PNG or WebP. We keep a small square of it, and nothing that the file says besides."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def clean_picture(self) -> bytes:
        return redrawn(self.cleaned_data["picture"].read(MOST_BYTES + 1))


def in_words(tags: Sequence[AllyTag], way: str) -> str:
    return ", ".join(tag.name for tag in tags if tag.way == way)


def one_line(text: str) -> str:
    line = " ".join(text.split())
    refuse_hidden_characters(line)
    return line


def taken() -> ValidationError:
    return ValidationError(_("Somebody goes by this name, or by one that looks like it. Please choose another alias."))
