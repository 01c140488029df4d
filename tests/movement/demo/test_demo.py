"""The demo moves in whole, and leaves without touching what others made."""

import pytest
from django.apps import apps

from accounts.models import User
from config.demo import build
from content.dashboard import lines
from content.settings import OrganisationSettings
from conversation.models import Comment, Reaction
from movement.actions.starter import ensure_ideas
from movement.allies.stays import settle
from movement.models import Action, Ally, Unit
from movement.pulse.models import Pulse, Result
from movement.pulse.safety import nearest_five
from movement.pulse.starter import ensure_questions
from movement.resolve.marking import mark_milestones
from tests.cast import client_of, make_ally, make_unit

pytestmark = pytest.mark.django_db
OURS = {
    "accounts",
    "postbox",
    "conversation",
    "content",
    "movement",
    "clubs",
    "account",
    "wagtailcore",
    "wagtailimages",
}
#: Traces that point at nobody: the index of the search, references, the log of what was published, queued tasks.
KEPT = {"wagtailcore.ReferenceIndex", "wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry"}


def rows() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in OURS and model._meta.label not in KEPT
    }


@pytest.fixture
def somebody_real(site_pages) -> Ally:
    """An ally of the organisation's own, with a unit and an action."""
    OrganisationSettings.objects.update(name="Larkfield")
    ensure_ideas()
    ally = make_ally("Ada Larkin", unit=make_unit("Field Service", division=make_unit("Serve"), headcount=10))
    Action.objects.create(ally=ally, text="Rang the depot.")
    return ally


def test_the_demo_has_what_was_promised_and_leaves_no_row_behind(somebody_real, django_capture_on_commit_callbacks):
    settle()  # as the clock does, whether there is a demo or not; and as it is set up
    mark_milestones()
    ensure_questions()
    before = rows()
    build.ensure(password="a password to try", say=lambda _line: None)
    assert User.objects.filter(is_demo=True).count() == 120
    assert Unit.objects.filter(is_demo=True, parent=None).count() == 3
    assert Unit.objects.filter(is_demo=True, parent__isnull=False).count() == 10
    assert Ally.objects.filter(invited_by__isnull=False).count() >= 80
    assert [Comment.objects.held().count(), Comment.objects.flagged().count()] == [1, 1]
    assert Reaction.objects.count() >= 50
    assert User.objects.filter(is_demo=True).first().check_password("a password to try")
    assert OrganisationSettings.current().name == "Tarebridge Scales"
    editor, author = User.objects.filter(is_demo=True).order_by("pk")[1:3]
    assert [[line.title for line in find(author)] for find in (lines.drafts, lines.handed_in, lines.scheduled)] == [
        ["The form that nobody signs"],
        ["What the driver knew"],
        ["Two chairs at the window"],
    ]
    assert [line.title for line in lines.to_decide(editor)] == ["What the driver knew"]
    build.remove()
    assert rows() == before
    assert OrganisationSettings.objects.get().name == "Larkfield"
    somebody_real.refresh_from_db()


def test_the_demos_first_pulse_was_answered_by_those_who_were_allies_by_then(site_pages):
    build.ensure(password="a password to try", say=lambda _line: None)
    (pulse,) = Pulse.objects.closed()
    there = Ally.objects.filter(joined_at__lt=pulse.closed_at).count()
    assert there < Ally.objects.count()
    assert (pulse.asked, pulse.took_part <= pulse.asked) == (nearest_five(there), True)
    assert Result.objects.filter(pulse=pulse, unit__parent__isnull=False).exists()


def test_moving_in_twice_adds_nothing(site_pages):
    build.ensure(password="a password to try", say=lambda _line: None)
    first = rows()
    build.ensure(password="another one", say=lambda _line: None)
    assert rows() == first
    assert User.objects.filter(is_demo=True).last().check_password("another one")


def test_the_demo_says_that_it_is_made_up_and_names_nobody_quiet(site_pages):
    build.ensure(password="a password to try", say=lambda _line: None)
    viewer = User.objects.filter(is_demo=True).order_by("pk")[4]
    assert "made-up organisation" in client_of().get("/").content.decode()
    quiet = [ally.name for ally in Ally.objects.filter(visibility="quiet")]
    hidden = quiet + [ally.name for ally in Ally.objects.filter(visibility="alias")]
    for path in (
        "/",
        "/articles/",
        "/allies/",
        "/clubs/",
        "/clubs/page-and-pie/",
        "/clubs/night-readers/",
        "/actions/",
        "/definitions/",
        "/personas/",
        "/spread/",
        "/me/",
    ):
        page = client_of(viewer).get(path).content.decode()
        assert [name for name in hidden if name in page and name != viewer.name] == [], path


def test_only_who_works_in_the_cms_has_a_name_there(site_pages):
    build.ensure(password="a password to try", say=lambda _line: None)
    named = User.objects.filter(is_demo=True).exclude(name="")
    assert set(named) == set(User.objects.filter(is_demo=True, groups__isnull=False))


def test_departments_founded_under_a_demo_division_outlive_it(site_pages):
    make_unit("Field Service")
    build.ensure(password="a password to try", say=lambda _line: None)
    first, second = Unit.objects.filter(is_demo=True, parent=None)[:2]
    ally = make_ally("Ada Larkin", unit=make_unit("Field Service", division=first))
    make_unit("Night Shift", division=first)
    make_unit("Night Shift", division=second)
    build.remove()
    assert sorted(Unit.objects.values_list("name", "parent", "is_demo")) == [
        ("Field Service", None, False),
        ("Field Service 2", None, False),
        ("Night Shift", None, False),
        ("Night Shift 2", None, False),
    ]
    ally.refresh_from_db()
    assert ally.unit.name == "Field Service 2"
