"""What somebody looks for in the list of groups."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clubs.groups.forms import languages
from clubs.groups.models import Club, TimeOfDay
from content.models import Topic

ANY = ("", _("Any"))
#: From so many departments on a table counts as mixed, or as very much so.
MIXES = [("2", _("Two departments or more")), ("4", _("Four or more"))]


class FindForm(forms.Form):
    """All of it is optional; what cannot be read is not asked for. The choices tell of clubs this person may see."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    when = forms.ChoiceField(label=_("Meets"), choices=[ANY, *TimeOfDay.choices], required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    mix = forms.ChoiceField(label=_("People from"), choices=[ANY, *MIXES], required=False)
    room = forms.BooleanField(label=_("Takes new members"), required=False)

    def __init__(self, *args: Any, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Club.objects.visible_to(user)
        topics = Topic.objects.filter(pk__in=seen.order_by().values("topics"))
        spoken = set(seen.exclude(language="").order_by().values_list("language", flat=True).distinct())
        self.fields["topic"].choices = [ANY, *topics.values_list("slug", "name")]  # type: ignore[attr-defined]
        spoken_here = [pair for pair in languages() if pair[0] in spoken]
        self.fields["language"].choices = [ANY, *spoken_here]  # type: ignore[attr-defined]

    @property
    def wish(self) -> dict[str, Any]:
        """What was asked for and can be: the rest is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
