"""Every letter of the site: a subject, a text, the same as a page, and a line that says why it came."""

import re
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.ROOT) / "templates" / "mail"
LETTERS = sorted({path.name.split(".")[0] for path in FOLDER.iterdir()} - {"base"})
WHY = re.compile(r"{% block why %}(.*?){% endblock %}", re.DOTALL)


@pytest.mark.parametrize("name", LETTERS)
def test_it_has_all_parts_and_says_why(name):
    found = {path.name.removeprefix(f"{name}.") for path in FOLDER.glob(f"{name}.*")}
    assert found == {"subject.txt", "txt", "html"}
    for ending in ("txt", "html"):
        source = (FOLDER / f"{name}.{ending}").read_text()
        why = WHY.search(source)
        assert f'{{% extends "mail/base.{ending}" %}}' in source
        assert why is not None, f"{name}.{ending} does not say why it came"
        assert len(why[1].strip()) > 20
