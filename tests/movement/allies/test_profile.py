"""My profile: what can be said of oneself, what is refused, and a preview that shows what others will see."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from movement.allies.languages import languages_of
from movement.allies.models import Ally, Unit, Visibility
from movement.allies.portraits import SIDE, Portrait, keep_portrait
from movement.allies.tags import AllyTag, Way, tags_of
from tests.cast import client_of, make_ally

pytestmark = pytest.mark.django_db

PROFILE = {"name": "Ada Larkin", "visibility": "open", "timezone": "UTC", "show_unit": "on", "show_role": "on"} | (
    dict.fromkeys(("alias", "unit", "role", "about", "reach_me", "can_help", "want_to_learn"), "")
)
SAYING = {
    "role": "Route planner",
    "about": "Asks drivers what they need.",
    "can_help": "Invoices, e-mail; invoices",
    "want_to_learn": "Kerning",
    "languages": ["de", "cy"],
    "reach_me": "Extension 4471",
}


def a_picture(width: int = 60, height: int = 40, kind: str = "JPEG", **options) -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (width, height), "#1a40b4").save(file, kind, **options)
    file.seek(0)
    file.name = f"me.{kind.lower()}"
    return file


def test_what_was_typed_is_kept_and_the_page_says_what_to_do(ally: Ally):
    wanted = {"visibility": "alias", "alias": "Larkin", "about": "Kept", "can_help": "Kept too"}
    response = client_of(ally).post("/me/profile/", PROFILE | wanted)
    page = response.content.decode()
    assert response.status_code == 422
    assert "close to your name" in page
    assert ">\nKept</textarea>" in page
    assert 'value="Kept too"' in page
    ally.refresh_from_db()
    assert ally.visibility == Visibility.OPEN


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("unit", "999999"),
        ("unit", "9" * 30),
        ("visibility", "everywhere"),
        ("timezone", "Mars/Olympus"),
        ("name", "A\x00b"),
        ("name", "Ada\nLarkin"),
        ("name", "Ada Larkin\u202e"),
        ("name", "Ada\u200bLarkin"),
        ("name", "=HYPERLINK(1)"),
        ("name", "@ada"),
        ("name", "x" * 300),
        ("name", ""),
        ("name", "Night Ferry"),
        ("alias", "Night  fеrry"),
        ("alias", "orla-pénrose"),
        ("alias", "+cmd|calc"),
        ("alias", "Moth\u2066Wing"),
        ("alias", "x" * 300),
        ("about", "x" * 281),
        ("role", "y" * 10_000),
        ("reach_me", "z" * 201),
        ("can_help", ",".join(f"word {n}" for n in range(9))),
        ("can_help", "x" * 41),
        ("want_to_learn", "ker\u202ening"),
        ("languages", "xx"),
    ],
)
def test_what_cannot_be_is_refused_in_place(ally: Ally, alias_ally: Ally, organiser: Ally, field: str, value: str):
    """Another goes by the alias Night Ferry, another is openly called Orla Penrose."""
    response = client_of(ally).post("/me/profile/", PROFILE | {field: value})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert response.context["form"][field].value() in (value, [value])


def test_whether_a_name_is_a_quiet_allys_cannot_be_found_out(ally: Ally, quiet_ally: Ally):
    wanted = {"visibility": "alias", "alias": quiet_ally.name}
    assert client_of(ally).post("/me/profile/", PROFILE | wanted).status_code == 302


def test_the_profile_changes_how_one_appears(ally: Ally, organisation: dict[str, Unit]):
    unit = organisation["finance"]
    wanted = SAYING | {"visibility": "alias", "alias": "Lamplighter", "unit": unit.pk, "timezone": "Asia/Tokyo"}
    response = client_of(ally).post("/me/profile/", PROFILE | wanted)
    assert (response.status_code, response["Location"]) == (302, reverse("movement:profile"))
    ally = Ally.objects.get(pk=ally.pk)
    assert (ally.shown_name, ally.shown_place, ally.reach_me) == ("Lamplighter", organisation["run"], "Extension 4471")
    tags = tags_of([ally])[ally.pk]
    assert [(tag.name, tag.key) for tag in tags.help] == [("Invoices", "invoices"), ("e-mail", "e mail")]
    assert [tag.name for tag in tags.learn] == ["Kerning"]
    assert languages_of([ally]) == {ally.pk: ["cy", "de"]}
    assert ally.user.timezone == "Asia/Tokyo"


def test_what_is_withheld_stands_nowhere(ally: Ally, organiser: Ally, unit: Unit):
    wanted = SAYING | {"unit": unit.pk, "show_unit": "", "show_role": ""}
    client_of(ally).post("/me/profile/", PROFILE | wanted)
    others = client_of(organiser)
    own, listed = f"/allies/{ally.public_id}/", "/allies/?dep=field-service&dep=finance"
    pages = [
        own,
        "/allies/",
        "/allies/?dep=field-service",
        listed,
        "/search/?q=drivers",
        "/spread/units/field-service/",
    ]
    found = {address: others.get(address).content.decode() for address in pages}
    assert [address for address in pages if "Ada Larkin" in found[address]] == [own, "/allies/", "/search/?q=drivers"]
    assert [address for address in pages if "Route planner" in found[address]] == []
    assert "Field Service" not in found[own]
    assert "4471" not in "".join(found.values())


def seen_pieces(ally: Ally, wanted: dict) -> dict[str, tuple[str, str, str]]:
    response = client_of(ally).post("/me/profile/preview/", wanted, headers={"hx-request": "true"})
    assert response.status_code == 200
    return {seen.name: (plain(seen.entry), plain(seen.page), seen.signature) for seen in response.context["previews"]}


def plain(html: str) -> str:
    """Without the number of the page: a new way to appear gives another."""
    return re.sub(r"/(allies|introductions/ask)/\d+/", r"/\1/0/", html)


@pytest.mark.parametrize("visibility", Visibility.values)
def test_the_preview_is_what_others_then_see(ally: Ally, steward, organiser: Ally, unit: Unit, visibility: str):
    looks_after = Ally.objects.create(user=steward, name="Stella Wick", visibility=Visibility.OPEN)
    keep_portrait(ally=ally, picture=b"picture")
    wanted = PROFILE | SAYING | {"visibility": visibility, "alias": "Lamplighter", "unit": unit.pk}
    before = list(Ally.objects.values()), list(AllyTag.objects.values())
    seen = seen_pieces(ally, wanted)
    assert (list(Ally.objects.values()), list(AllyTag.objects.values())) == before
    assert client_of(ally).post("/me/profile/", wanted).status_code == 302
    ally.refresh_from_db()
    for name, viewer in (("ally", organiser), ("steward", looks_after)):
        entry, page, signature = seen[name]
        own = client_of(viewer).get(f"/allies/{ally.public_id}/")
        assert own.status_code == (404 if visibility == Visibility.QUIET else 200)
        assert bool(page) == bool(entry) == (visibility != Visibility.QUIET)
        assert page in plain(own.content.decode())
        assert entry in plain(client_of(viewer).get("/allies/").content.decode())
        assert signature == (ally.signature or "")
    assert seen["reader"] == ("", "", ally.signature or "")


def test_the_preview_is_a_whole_page_without_javascript(ally: Ally):
    page = client_of(ally).post("/me/profile/preview/", PROFILE | {"about": "Not saved yet"}).content.decode()
    assert '<p class="lead">Not saved yet</p>' in page
    assert ">\nNot saved yet</textarea>" in page
    wrong = client_of(ally).post("/me/profile/preview/", PROFILE | {"name": ""})
    assert (wrong.status_code, "data-seen-by" in wrong.content.decode()) == (422, False)


def test_a_portrait_is_drawn_anew_and_seen_by_allies_while_its_owner_is_open(ally: Ally, organiser: Ally):
    exif = Image.Exif()
    exif[0x010E] = "Taken at home"
    me, address = client_of(ally), f"/allies/{ally.public_id}/portrait/"
    assert me.post("/me/profile/portrait/", {"picture": a_picture(exif=exif)}).status_code == 302
    answer = client_of(organiser).get(address)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/webp", "private, no-store")
    with Image.open(BytesIO(answer.content)) as kept:
        assert (kept.size, dict(kept.getexif()), kept.info.get("exif")) == ((SIDE, SIDE), {}, None)
    assert address in client_of(organiser).get("/allies/").content.decode()
    Ally.objects.filter(pk=ally.pk).update(visibility=Visibility.ALIAS, alias="Lamplighter")
    assert (client_of(organiser).get(address).status_code, me.get(address).status_code) == (404, 200)
    assert address not in client_of(organiser).get("/allies/").content.decode()
    assert client_of().get(address).status_code == 302
    assert me.post("/me/profile/portrait/", {"remove": "yes"}).status_code == 302
    ally.refresh_from_db()
    assert (Portrait.objects.count(), ally.has_portrait) == (0, False)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        a_picture().getvalue()[:200],
        a_picture(5001, 5000, "PNG").getvalue(),
    ],
    ids=["empty", "text", "svg", "cut", "huge"],
)
def test_a_file_that_is_no_decent_picture_is_refused(ally: Ally, content: bytes):
    file = BytesIO(content)
    file.name = "me.jpg"
    response = client_of(ally).post("/me/profile/portrait/", {"picture": file})
    assert (response.status_code, Portrait.objects.count()) == (422, 0)


def test_words_are_suggested_of_those_alone_who_show_them(ally: Ally, quiet_ally: Ally, organiser: Ally):
    AllyTag.objects.bulk_create(
        [
            AllyTag(ally=quiet_ally, way=Way.HELP, name="Invoice carpentry"),
            AllyTag(ally=quiet_ally, way=Way.HELP, name="INVOICES"),
            AllyTag(ally=organiser, way=Way.LEARN, name="Invoices"),
            AllyTag(ally=make_ally("Bo Finch"), way=Way.HELP, name="Involving drivers"),
        ]
    )
    client = client_of(ally)
    asked = {"way": "help", "can_help": "tact, ínv"}
    assert client.get("/me/profile/tags/", asked).context["tags"] == ["Invoices", "Involving drivers"]
    assert client.get("/me/profile/tags/", {"way": "help", "can_help": "i"}).context["tags"] == []
