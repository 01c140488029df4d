"""What stands beside somebody's comments once they choose to be seen otherwise."""

import pytest
from django.urls import reverse

from content.pages.articles import ArticleIndexPage, ArticlePage
from conversation import hosts, writers
from conversation.models import Comment
from movement.actions.models import Action
from movement.allies.models import Ally, Visibility
from movement.allies.services import change_appearance
from movement.personas.models import Audience
from tests import cast
from tests.cast import make_ally
from tests.conversation.conftest import say
from tests.movement.worlds import make_action, make_card


@pytest.fixture
def article(site_pages) -> hosts.Target:
    page = ArticlePage(title="Page four", slug="page-four", standfirst="Where the bill hid.")
    ArticleIndexPage.objects.get().add_child(instance=page)
    return hosts.target_of(page)


def appear(ally: Ally, **chosen) -> None:
    change_appearance(ally=ally, timezone="UTC", **chosen)


def signatures() -> list[str]:
    return list(Comment.objects.order_by("pk").values_list("user_name", flat=True))


def test_an_open_ally_an_alias_and_a_quiet_one_sign_as_they_chose(ally, alias_ally, quiet_ally):
    assert [writers.name_of(one.user) for one in (ally, alias_ally, quiet_ally)] == ["Ada Larkin", "Night Ferry", None]


def test_a_very_long_name_fits_beside_a_comment(db):
    assert writers.name_of(make_ally("A" * 80, email="a@larkfield.example").user) == "A" * 50


@pytest.mark.parametrize(
    ("chosen", "signed"),
    [
        ({"visibility": Visibility.ALIAS, "alias": "Night Ferry"}, "An ally"),
        ({"visibility": Visibility.QUIET}, "An ally"),
        ({"name": "Ada Larkin-Voss"}, "Ada Larkin-Voss"),
        ({"role": "Dispatcher"}, "Ada Larkin"),
    ],
)
def test_past_comments_bear_the_name_chosen_now_but_never_an_alias(article, ally, chosen, signed):
    say(article, user=ally.user, name="Ada Larkin")
    appear(ally, **chosen)
    assert signatures() == [signed]


def test_who_becomes_open_stays_unknown_in_what_they_said_by_alias(article, alias_ally):
    say(article, user=alias_ally.user, name="Night Ferry")
    appear(alias_ally, visibility=Visibility.OPEN)
    appear(alias_ally, name="Basil Q. Thorne")
    assert signatures() == ["Night Ferry"]


def test_a_quiet_one_keeps_the_names_they_chose_comment_by_comment(article, quiet_ally):
    say(article, user=quiet_ally.user, name="Somebody in a hurry")
    appear(quiet_ally, role="Clerk")
    assert signatures() == ["Somebody in a hurry"]


def test_no_way_of_choosing_puts_an_alias_where_the_name_stood(article, ally):
    say(article, user=ally.user, name="Ada Larkin")
    for steps in ({"visibility": Visibility.QUIET}, {"visibility": Visibility.ALIAS, "alias": "Night Ferry"}):
        appear(ally, **steps)
    say(article, user=ally.user, name="Night Ferry")
    appear(ally, alias="Lamplighter")
    assert signatures() == ["An ally", "Lamplighter"]


def test_what_was_made_openly_bears_no_alias_and_no_way_to_it(ally, organiser):
    action, card = make_action(ally), make_card(ally, audience=Audience.ALLIES)
    appear(ally, visibility=Visibility.ALIAS, alias="Night Ferry")
    later = make_action(ally)
    assert [Action.objects.get(pk=one.pk).by for one in (action, later)] == ["An ally", "Night Ferry"]
    client = cast.client_of(organiser)
    for address in (reverse("movement:personas"), card.get_absolute_url()):
        page = client.get(address).content.decode()
        assert [told for told in ("Night Ferry", "Ada Larkin", f"/allies/{ally.public_id}/") if told in page] == []
    assert client.get(reverse("movement:actions")).content.decode().count(f"/allies/{ally.public_id}/") == 1


def test_another_line_about_oneself_changes_nothing_of_what_was_made_by_alias(alias_ally):
    action, number = make_action(alias_ally), alias_ally.public_id
    appear(alias_ally, about="Likes ladders")
    assert (Action.objects.get().by, action.ally.public_id) == ("Night Ferry", number)


@pytest.mark.parametrize("chosen", [Visibility.ALIAS, Visibility.QUIET])
def test_the_address_of_the_open_leads_nowhere_once_they_hide(ally, organiser, chosen):
    client, before = cast.client_of(organiser), reverse("movement:ally", args=[ally.public_id])
    assert client.get(before).status_code == 200
    appear(ally, visibility=chosen, alias="Night Ferry")
    assert client.get(before).status_code == 404


def test_addresses_do_not_count_up(ally, alias_ally, quiet_ally, organiser):
    everybody = (ally, alias_ally, quiet_ally, organiser)
    numbers = {one.public_id for one in everybody}
    assert (len(numbers), numbers & {one.pk for one in everybody}, min(numbers) > 1_000) == (4, set(), True)
