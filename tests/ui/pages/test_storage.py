"""In production a stylesheet goes out in one piece, named by its contents."""

import re
from pathlib import Path

from django.core.management import call_command
from django.test import override_settings

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ui.storage.BundledStaticFilesStorage"},
}
ROOT = Path(__file__).resolve().parents[3]


def test_the_parts_of_a_stylesheet_are_written_into_it(tmp_path: Path) -> None:
    only_ours = {"STATICFILES_FINDERS": ["django.contrib.staticfiles.finders.FileSystemFinder"]}
    with override_settings(STORAGES=STORAGES, STATIC_ROOT=str(tmp_path), **only_ours):
        call_command("collectstatic", interactive=False, verbosity=0)
    (bundle,) = [
        path for path in tmp_path.glob("css/core.*.css") if re.fullmatch(r"core\.[0-9a-f]{12}\.css", path.name)
    ]
    css = bundle.read_text()
    assert "@import" not in css
    parts = re.findall(r'@import url\("([^"]+)"\)', (ROOT / "site/static/css/core.css").read_text())
    assert [part for part in parts if (ROOT / "site/static/css" / part).read_text().strip() not in css] == []
    assert css.index("@layer tokens, reset, base") < css.index("@layer reset {")
    assert bundle.with_name(bundle.name + ".br").stat().st_size < 12_000
