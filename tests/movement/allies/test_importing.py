import pytest

from movement.allies.importing import BadFile, Outcome, import_units
from movement.allies.models import Unit

pytestmark = pytest.mark.django_db
GOOD = b"division,department,headcount\nServe,Field Service,120\nServe,Customer Support,85\nRun,Finance,40\n"


def units() -> list[tuple[str, str | None, int]]:
    return [(unit.name, unit.parent and unit.parent.name, unit.headcount) for unit in Unit.objects.in_order()]


def lines(data: bytes) -> list[int]:
    with pytest.raises(BadFile) as bad:
        import_units(data=data)
    return [problem.line for problem in bad.value.problems]


def test_a_file_makes_the_organisation():
    assert import_units(data=GOOD) == Outcome(added=5, updated=0, unchanged=0)
    assert units() == [
        ("Serve", None, 0),
        ("Field Service", "Serve", 120),
        ("Customer Support", "Serve", 85),
        ("Run", None, 0),
        ("Finance", "Run", 40),
    ]


def test_a_second_import_updates_instead_of_doubling():
    import_units(data=GOOD)
    again = GOOD.replace(b"Field Service,120", b"field  service,130")
    assert import_units(data=again) == Outcome(added=0, updated=1, unchanged=2)
    assert Unit.objects.count() == 5
    assert Unit.objects.get(name="Field Service").headcount == 130


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + GOOD,
        GOOD.replace(b",", b";"),
        GOOD.replace(b",", b"\t"),
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.replace(b"Finance", b'"Finance"'),
        b"headcount,Department,DIVISION\n120,Field Service,Serve\n85,Customer Support,Serve\n40,Finance,Run\n",
        GOOD + b"\n,,\n",
    ],
)
def test_what_spreadsheets_write_is_understood(data: bytes):
    import_units(data=data)
    assert [name for name, _division, _headcount in units()] == [
        "Serve",
        "Field Service",
        "Customer Support",
        "Run",
        "Finance",
    ]


@pytest.mark.parametrize(
    "headcount", ["-3", "12.5", "many", "", "99999999999999999999", "10000001", "١٢", "1e3", "=1+1", "0x10"]
)
def test_a_headcount_that_is_no_number_of_people_is_named_with_its_line(headcount: str):
    assert lines(GOOD + f"Run,Legal,{headcount}\n".encode()) == [5]
    assert Unit.objects.count() == 0


@pytest.mark.parametrize(
    ("headcount", "people"), [("1200", 1200), ('"1,200"', 1200), ("1 200", 1200), ("1.200", 1200), ("0", 0)]
)
def test_headcounts_are_read_as_people_write_them(headcount: str, people: int):
    import_units(data=b"division,department,headcount\nRun,Legal," + headcount.encode() + b"\n")
    assert Unit.objects.get(name="Legal").headcount == people


@pytest.mark.parametrize(
    "row",
    [
        "=SUM(A1),Legal,3",
        "Run,@cmd,3",
        "Run,+1,3",
        ",Legal,3",
        "Run,Finance,41",
        "run,FINANCE,41",
        "Run," + "x" * 81 + ",3",
        "Run,!!!,3",
        "Run,Le\u202egal,3",
        "Run,Legal,3,4",
        "Run,,7",
    ],
)
def test_one_bad_row_is_named_and_nothing_is_imported(row: str):
    assert lines(GOOD + row.encode() + b"\n") == [5]
    assert Unit.objects.count() == 0


def test_every_bad_row_is_named_not_only_the_first():
    assert lines(b"division,department,headcount\n,Legal,3\nRun,Finance,4\nRun,Data,no\nRun,Finance,5\n") == [2, 4, 5]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02",
        b"\xff\xfe\x00a",
        b"name,people\nRun,3\n",
        b"division,department,headcount\n",
        b'division,department,headcount\nRun,"Finance,3\n',
        b"x" * 1_000_001,
        b"division,department,headcount\n" + b"".join(b"Run,Dep %d,1\n" % n for n in range(5_001)),
    ],
)
def test_what_is_no_such_file_is_refused_as_a_whole(data: bytes):
    assert lines(data)
    assert Unit.objects.count() == 0


def test_a_division_without_departments_has_a_headcount_of_its_own():
    import_units(data=b"division,department,headcount\nBoard,,7\n")
    assert units() == [("Board", None, 7)]
