"""`make bench`: fills a database, starts the production server, measures, prints one table.

ARGS="--allies 2000 --articles 300 --comments 20000 --actions 50000 --seconds 4 --clients 8" are the defaults.
Figures are of one worker process with four threads, so of one core; the yardstick runs in the same minutes.
"""

import argparse
import importlib
import os
import sys
from pathlib import Path

from tests.bench import scratch

#: What is measured by itself when it is asked for: a module of this package with a `show(size)`.
ALONE = ("wordpress", "mailing", "lunches", "service_map", "directory", "wall", "spread", "kills")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    for name, default in (("allies", 2000), ("articles", 300), ("comments", 20_000), ("actions", 50_000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--seconds", type=float, default=4, help="how long each page is loaded")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--wordpress", type=int, metavar="POSTS", help="only measure the import of so many posts")
    parser.add_argument("--mailing", type=int, metavar="SUBSCRIBERS", help="only measure an article to so many")
    parser.add_argument("--lunches", type=int, metavar="ALLIES", help="only draw a round of lunches for so many")
    parser.add_argument("--service-map", type=int, metavar="CARDS", help="only prepare the service map of so many")
    parser.add_argument("--directory", type=int, metavar="ALLIES", help="only measure the directory of so many")
    parser.add_argument("--wall", type=int, metavar="ACTIONS", help="only measure the wall of so many small actions")
    parser.add_argument("--spread", type=int, nargs="?", const=36, metavar="MONTHS", help="only measure the spread")
    parser.add_argument("--kills", type=int, help="only kill the sender so often over 10,000 mails")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    for name in ALONE:
        if size := getattr(options, name):
            importlib.import_module(f"tests.bench.{name}").show(size)
            return
    with scratch.place() as (folder, given):
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
