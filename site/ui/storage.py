"""Static files in production: named by their contents, compressed, and stylesheets in one piece.

While developing a stylesheet such as `core.css` imports its parts; for production the parts are written into it, so
that a page loads one file instead of ten.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^@import url\("([^"]+)"\);$', re.MULTILINE)
OWN = "css/"


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        bundles = {name: self._bundle(name, paths) for name in paths if name.startswith(OWN) and name.count("/") == 1}
        yield from super().post_process(paths | bundles, dry_run, **options)

    def _bundle(self, name: str, paths: dict[str, Any]) -> tuple[InMemoryStorage, str]:
        memory = InMemoryStorage()
        memory.save(name, ContentFile(self._inlined(name, paths).encode()))
        return memory, name

    def _inlined(self, name: str, paths: dict[str, Any]) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            css = file.read().decode()
        folder = name.rpartition("/")[0]
        return IMPORT.sub(lambda found: self._inlined(f"{folder}/{found[1]}", paths), css)
