"""`make bench ARGS="--wordpress 2000"`: how long a WordPress export of so many posts takes, and how much memory.

Five comments a post, a few of them answers. Each run is a process of its own on a database of its own, so that the
peak of its memory is its own too.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.content.wordpress.exports import FOOT, HEAD, comment, post

COMMENTS = 5
WORDS = [
    "quay",
    "rope",
    "tide",
    "deck",
    "shed",
    "lamp",
    "gull",
    "crew",
    "plank",
    "fog",
    "bell",
    "mast",
    "keel",
    "oar",
    "net",
    "salt",
    "wave",
    "pier",
    "crane",
    "hull",
]
RUN = """
import json, resource, sys, time
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from django.db import transaction
call_command("migrate", verbosity=0)
call_command("setup_site")
from content.models import ArticlePage
from content.wordpress.importing import import_export
from conversation.models import Comment
before, started, busy = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic(), time.process_time()
import_export(Path(sys.argv[1]))
print(json.dumps({
    "seconds": round(time.monotonic() - started, 1),
    "cpu": round(time.process_time() - busy, 1),
    "peak": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    "before": round(before / 1024),
    "articles": ArticlePage.objects.count(),
    "comments": Comment.objects.count(),
}))
"""


def sentences(chance: random.Random, count: int) -> str:
    return " ".join(" ".join(chance.choices(WORDS, k=12)).capitalize() + "." for _sentence in range(count))


def items(count: int) -> Iterator[str]:
    """Posts of some 900 words, half of them of the old editor, each linking to another."""
    chance = random.Random(7)
    for number in range(1, count + 1):
        paragraphs = [sentences(chance, 6) for _paragraph in range(12)]
        paragraphs[3] = (
            f'<strong>{paragraphs[3]}</strong> <a href="https://ferry.example/?p={chance.randint(1, count)}">more</a>'
        )
        if number % 2:
            content = "\n\n".join(paragraphs)
        else:
            content = "\n".join(f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->" for text in paragraphs)
        first = number * 10
        talk = [
            comment(first + place, sentences(chance, 2), parent=first if place in (2, 3) else 0, name=f"Reader {place}")
            for place in range(COMMENTS)
        ]
        terms = [("category", "the-quay", "The quay"), ("post_tag", f"tag-{number % 40}", f"Tag {number % 40}")]
        yield post(number, f"Boat {number}", content, comments=talk, terms=terms)


def write(folder: Path, count: int) -> Path:
    file = folder / f"export-{count}.xml"
    with file.open("w", encoding="utf-8") as out:
        out.write(HEAD.format(version="1.2"))
        out.writelines(items(count))
        out.write(FOOT)
    return file


def measure(count: int, *, database: str = "") -> dict[str, float]:
    """Seconds, peak memory (MiB) and what came of it, of one import into a fresh site."""
    with tempfile.TemporaryDirectory(prefix="groundswell-wordpress-") as name:
        folder = Path(name)
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOCAL": "1",
            "DEBUG": "0",
            "PLAIN_STATIC": "1",
            "VAR_DIR": name,
            "MEDIA_ROOT": f"{name}/media",
            "LOG_LEVEL": "ERROR",
            "DATABASE_URL": database or f"sqlite:///{name}/wordpress.sqlite3",
            "PYTHONPATH": os.pathsep.join(["site", "."]),
        }
        command = [sys.executable, "-c", RUN, str(write(folder, count))]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    figures: dict[str, float] = json.loads(done.stdout.strip().split("\n")[-1])
    return figures


def show(count: int) -> None:
    print(f"{'posts':>6} {'comments':>9} {'seconds':>8} {'cpu':>6} {'peak MiB':>9} {'before MiB':>11}")
    for posts in (max(count // 4, 1), count):
        found = measure(posts)
        print(
            f"{found['articles']:>6} {found['comments']:>9} {found['seconds']:>8} {found['cpu']:>6} "
            f"{found['peak']:>9} {found['before']:>11}",
            flush=True,
        )
