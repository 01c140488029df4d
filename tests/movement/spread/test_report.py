"""The report for whoever asks: what has been told already and nothing else, as the stewards arranged it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from movement.allies.models import Ally, Visibility
from movement.spread.models import Estimate
from movement.spread.report.models import LONGEST_NOTE, SpreadReport
from movement.spread.report.sections import DEFAULT, WIDE, Section, placed
from movement.spread.report.services import write_report
from tests.cast import client_of, make_ally, person

pytestmark = pytest.mark.django_db
ADDRESS, EDIT = "/spread/report/", "/spread/report/edit/"
ALL_PLACES = {f"place_{number}": "" for number in range(1, 7)}


def sent(**said) -> dict[str, str]:
    return ALL_PLACES | {"edition": "1", "place_1": "stage", "note": ""} | said


def page_of(ally, address=ADDRESS):
    return html.fromstring(client_of(ally).get(address).content)


def text_of(page) -> str:
    (report,) = page.cssselect("article.report")
    return " ".join(" ".join(report.itertext()).split())


def test_before_the_first_month_every_section_says_that_it_is_too_early(organisation):
    page = page_of(make_ally("Ada Larkin"))
    assert [part.get("aria-labelledby") for part in page.cssselect(".report__part")] == [
        f"{one.value}-h" for one in DEFAULT
    ]
    text = text_of(page)
    assert "No month has ended yet, so there are no figures." in text
    assert text.count("Too early to say") == 5
    assert "None yet. It takes quarters." in text
    assert "figures of everybody together (people to the nearest five), and of nobody." in page.text_content()


def test_the_figures_are_those_that_were_told(organisation, told_of_two):
    total = Estimate.objects.get(name="spread").told["total"][0]
    months = Estimate.objects.get(name="growth").told
    page = page_of(make_ally("Ada Larkin"))
    text = text_of(page)
    assert f"About {total} of 150 colleagues are allies." in text
    assert "Figures of the end of June 2026." in text
    rows = [[cell.text for cell in row] for row in page.cssselect(".report__months tbody tr")]
    assert rows == [["Allies", *(str(allies) for _month, allies, _units in months[-12:])]]
    assert page.cssselect("#growth-h ~ figure svg")


def test_every_number_in_the_report_stands_on_the_spread_page_or_in_its_files(organisation, told_of_two):
    client = client_of(make_ally("Ada Larkin"))
    files = [client.get(f"/spread/figures/{name}.csv").content.decode() for name in ("months", "doing", "coverage")]
    known = numbers(client.get("/spread/").content) | numbers(" ".join(files).encode())
    short = re.compile(r"\b[A-Z][a-z]{2} \d\d\b")  # “Oct 26” heads a column
    (parts,) = html.fromstring(client.get(ADDRESS).content).cssselect(".report__parts")
    of_report = numbers(html.tostring(parts), leave_out=short)
    assert of_report - known == set()
    assert len(of_report) > 8


def numbers(page: bytes, *, leave_out: re.Pattern[str] = re.compile("$^")) -> set[str]:
    """As they are read, word by word; not those that a picture is drawn with."""
    whole = html.fromstring(page)
    for svg in whole.cssselect("svg"):
        svg.drop_tree()
    return set(re.findall(r"\d+(?:\.\d+)?", leave_out.sub("", " ".join(whole.itertext()))))


def test_the_report_reads_what_was_told_and_no_events(organisation, told_of_two, a_steward):
    write_report(by=a_steward, edition=1, sections=list(Section), note="", is_signed=False)
    client = client_of(a_steward)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as captured:
        client.get(ADDRESS)
    read = {name for query in captured for name in re.findall(r'FROM "(movement_\w+)"', query["sql"])}
    told_tables = {"estimate", "chartpicture", "spreadreport", "gapmonth", "pulse", "result"}
    assert read <= {f"movement_{name}" for name in told_tables}
    assert len(captured) <= 12


def test_a_steward_chooses_sections_and_their_order(told_of_two, a_steward):
    client = client_of(a_steward)
    answer = client.post(EDIT, sent(place_1="milestones", place_3="stage"))
    assert answer["Location"] == ADDRESS
    page = page_of(make_ally("Ada Larkin"))
    assert [part.get("aria-labelledby") for part in page.cssselect(".report__part")] == ["milestones-h", "stage-h"]
    form = page_of(a_steward, EDIT)
    assert form.xpath("//select[@name='place_2']/option[@selected]/@value") == ["stage"]


def test_a_section_twice_or_none_or_an_unknown_one_is_refused(a_steward):
    client = client_of(a_steward)
    for wrong in ({"place_2": "stage"}, {"place_1": ""}, {"place_1": "salaries"}):
        answer = client.post(EDIT, sent(note="Kept.", **wrong))
        assert answer.status_code == 422
        assert "Kept." in answer.content.decode()
    assert not SpreadReport.objects.exists()


@pytest.mark.parametrize("note", ["x" * (LONGEST_NOTE + 1), "\n".join("abcdefghi")])
def test_a_note_that_would_not_fit_is_refused(a_steward, note):
    assert client_of(a_steward).post(EDIT, sent(note=note)).status_code == 422


def test_a_note_is_text_with_a_little_markdown(a_steward):
    note = "*Thank you.* <script>alert(1)</script> <img src=x onerror=y> [out](javascript:alert(1))"
    client_of(a_steward).post(EDIT, sent(note=note))
    (shown,) = page_of(make_ally("Ada Larkin")).cssselect(".report__note")
    assert shown.cssselect("em")[0].text == "Thank you."
    assert shown.cssselect("script, img, a[href^='javascript']") == []
    assert "<script>alert(1)</script>" in shown.text_content()


def test_a_note_bears_its_day_and_the_name_only_of_who_signs_it(a_steward):
    client = client_of(a_steward)
    client.post(EDIT, sent(note="Come and see."))
    unsigned = text_of(page_of(a_steward))
    assert "The stewards, " in unsigned
    assert "Stella Wick" not in unsigned
    client.post(EDIT, sent(edition="2", note="Come and see.", is_signed="on"))
    report = SpreadReport.current()
    assert (report.note_by, report.signature) == (a_steward, "Stella Wick")
    assert f"Stella Wick, {report.note_at:%-d %B %Y}" in text_of(page_of(a_steward))


def test_choosing_sections_leaves_the_note_with_who_wrote_it(a_steward, organisation):
    write_report(by=a_steward, edition=1, sections=[Section.STAGE], note="Come and see.", is_signed=True)
    written = SpreadReport.current().note_at
    other = person("other@larkfield.example", name="Otto Reed", groups=("stewards",))
    other_ally = Ally.objects.create(user=other, name="Otto Reed", unit=None, visibility=Visibility.OPEN)
    write_report(by=other_ally, edition=2, sections=[Section.GROWTH], note="Come and see.", is_signed=True)
    report = SpreadReport.current()
    assert (report.chosen, report.note_by, report.note_at) == ([Section.GROWTH], a_steward, written)


def test_who_goes_quiet_or_leaves_is_no_longer_named(a_steward):
    write_report(by=a_steward, edition=1, sections=[Section.STAGE], note="Come and see.", is_signed=True)
    a_steward.visibility = Visibility.QUIET
    a_steward.save()
    reader = make_ally("Ada Larkin")
    assert "Stella" not in text_of(page_of(reader))
    a_steward.user.delete()
    text = text_of(page_of(reader))
    assert "Come and see." in text
    assert "Stella" not in text


def test_a_quiet_steward_is_not_asked_for_a_signature(a_steward):
    a_steward.visibility = Visibility.QUIET
    a_steward.save()
    assert page_of(a_steward, EDIT).xpath("//input[@name='is_signed']") == []
    client_of(a_steward).post(EDIT, sent(note="Come and see.", is_signed="on"))
    assert SpreadReport.current().signature is None


@pytest.fixture
def a_quiet_steward(db) -> Ally:
    user = person("other@larkfield.example", name="Otto Reed", groups=("stewards",))
    return Ally.objects.create(user=user, name="Otto Reed", unit=None, visibility=Visibility.QUIET)


def test_a_quiet_steward_who_reorders_sections_leaves_the_note_signed(a_steward, a_quiet_steward):
    note = "Come and see.\n\n*Soon.*"
    client_of(a_steward).post(EDIT, sent(note=note.replace("\n", "\r\n"), is_signed="on"))
    written = SpreadReport.current().note_at
    typed = page_of(a_quiet_steward, EDIT).xpath("//textarea[@name='note']")[0].text.lstrip("\n")
    assert client_of(a_quiet_steward).post(EDIT, sent(edition="2", place_1="growth", note=typed)).status_code == 302
    report = SpreadReport.current()
    assert (report.chosen, report.note_by, report.note_at) == ([Section.GROWTH], a_steward, written)
    assert report.signature == "Stella Wick"


def test_a_quiet_steward_who_writes_another_note_signs_nothing(a_steward, a_quiet_steward):
    client_of(a_steward).post(EDIT, sent(note="Come and see.", is_signed="on"))
    client_of(a_quiet_steward).post(EDIT, sent(edition="2", note="Come soon."))
    report = SpreadReport.current()
    assert (report.note_by, report.is_signed, report.signature) == (a_quiet_steward, False, None)


def test_the_second_of_two_stewards_is_told(a_steward):
    client = client_of(a_steward)
    client.post(EDIT, sent(note="The first."))
    answer = client.post(EDIT, sent(note="The second."))
    assert answer.status_code == 409
    page = html.fromstring(answer.content)
    assert "The second." in page.xpath("//textarea")[0].text
    assert "The first." in page.text_content()
    assert SpreadReport.current().note == "The first."


def test_allies_read_it_and_stewards_alone_arrange_it(a_steward, quiet_ally, alias_ally, editor):
    newcomer = person("newcomer@larkfield.example")
    for someone in (make_ally("Ada Larkin"), quiet_ally, alias_ally):
        assert client_of(someone).get(ADDRESS).status_code == 200
        assert client_of(someone).get(EDIT).status_code == 404
        assert client_of(someone).post(EDIT, sent()).status_code == 404
    assert page_of(a_steward).xpath(f"//a[@href='{EDIT}']")
    assert not page_of(quiet_ally).xpath(f"//a[@href='{EDIT}']")
    for address in (ADDRESS, EDIT):
        assert client_of().get(address)["Location"].startswith("/accounts/login/")
        assert client_of(newcomer).get(address)["Location"] == "/welcome/"
    assert "no-store" in client_of(quiet_ally).get(ADDRESS)["Cache-Control"]


def test_two_narrow_sections_share_a_row():
    stage, gap, doing, ties, pulse = (Section(name) for name in ("stage", "gap", "doing", "ties", "pulse"))
    assert [tuple(one) for one in placed([stage, gap, doing, ties, pulse])] == [
        (stage, True),
        (gap, False),
        (ties, False),
        (doing, True),
        (pulse, True),
    ]
    assert set(Section) > WIDE
