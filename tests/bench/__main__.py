"""`make bench`: fills a database, starts the production server, measures, prints one table.

ARGS="--allies 2000 --articles 300 --comments 20000 --actions 50000 --seconds 4 --clients 8" are the defaults.
Figures are of one worker process with four threads, so of one core; the yardstick runs in the same minutes.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    for name, default in (("allies", 2000), ("articles", 300), ("comments", 20_000), ("actions", 50_000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--seconds", type=float, default=4, help="how long each page is loaded")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--wordpress", type=int, metavar="POSTS", help="only measure the import of so many posts")
    return parser.parse_args()


def environment(folder: str) -> dict[str, str]:
    """Production settings on a database of their own (DATABASE_URL, when given, names another one)."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LOCAL": "0",
        "SECRET_KEY": "bench-" + "k" * 60,
        "SITE_URL": "http://localhost",
        "ALLOWED_HOSTS": "localhost",
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "VAR_DIR": folder,
        "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3",
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": os.pathsep.join(["site", "."]),
    }


def main() -> None:
    options = arguments()
    if options.wordpress:
        from tests.bench import wordpress

        return wordpress.show(options.wordpress)
    with tempfile.TemporaryDirectory(prefix="groundswell-bench-") as folder:
        given = environment(folder)
        os.environ.update(given)
        sys.path[:0] = ["site", "."]
        import django

        django.setup()
        # After setup: these modules import models.
        from tests.bench import fill, report, walk

        world = fill.fill(
            allies=options.allies, articles=options.articles, comments=options.comments, actions=options.actions
        )
        figures = walk.measure_all(world, given, Path(folder), seconds=options.seconds, clients=options.clients)
        report.show(figures, options)


if __name__ == "__main__":
    main()
