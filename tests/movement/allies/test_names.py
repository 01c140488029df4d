import pytest
from django.core.exceptions import ValidationError

from movement.allies.names import alias_tells, refuse_hidden_characters, refuse_odd_alias, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Night Ferry", "night-ferry"),
        ("Night Ferry", "Nіght Fеrry"),  # Cyrillic і and е
        ("Lamplighter", "LAMP LIGHTER"),
        ("Noël", "noel"),
        ("ill", "1l|"),
    ],
)
def test_names_that_look_alike_have_one_skeleton(one: str, other: str):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize("alias", ["Wren", "W. Saltmarsh", "salt marsh", "wrensaltmarsh", "Saltmarhs", "wsm77", "Wrеn"])
def test_an_alias_close_to_the_name_or_the_address_tells(alias: str):
    assert alias_tells(alias, name="Wren Saltmarsh", email="wsm.77@larkfield.example")


@pytest.mark.parametrize("alias", ["Night Ferry", "Lamplighter", "Eleven"])
def test_an_alias_that_could_be_anyone_does_not_tell(alias: str):
    assert not alias_tells(alias, name="Wren Saltmarsh", email="wren.saltmarsh@larkfield.example")


@pytest.mark.parametrize("text", ["Night\u200bFerry", "Night\u202eFerry", "a\nb", "a\x07b", "a\u2028b", "\ufeffab"])
def test_invisible_characters_are_refused(text: str):
    with pytest.raises(ValidationError):
        refuse_hidden_characters(text)


@pytest.mark.parametrize("alias", ["", " ", "!!", "x", "A\u200db"])
def test_an_alias_nobody_could_read_is_refused(alias: str):
    with pytest.raises(ValidationError):
        refuse_odd_alias(alias)
