"""`make bench`: fills a database, starts the production server, measures, prints one table.

ARGS="--allies 2000 --articles 300 --comments 20000 --actions 50000 --seconds 4 --clients 8" are the defaults.
Figures are of one worker process with four threads, so of one core; the yardstick runs in the same minutes.
"""

import argparse
import os
import sys
from pathlib import Path

from tests.bench import scratch


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
    if options.wordpress:
        from tests.bench import wordpress

        return wordpress.show(options.wordpress)
    if options.mailing:
        from tests.bench import mailing

        return mailing.show(options.mailing)
    if options.lunches:
        from tests.bench import lunches

        return lunches.show(options.lunches)
    if options.service_map:
        from tests.bench import service_map

        return service_map.show(options.service_map)
    if options.directory:
        from tests.bench import directory

        return directory.show(options.directory)
    if options.wall:
        from tests.bench import wall

        return wall.show(options.wall)
    if options.spread:
        from tests.bench import spread

        return spread.show(options.spread)
    if options.kills:
        from tests.bench import kills

        return kills.show(options.kills)
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
