"""What the worker and the clock do for the movement."""

import importlib
from datetime import timedelta

from movement.resolve.coming_back import bring_back
from movement.spread.charts import GROWTH, fingerprint
from movement.spread.figures import growth
from movement.spread.models import ChartPicture
from movement.spread.services import build_snapshots
from postbox.clock import job
from postbox.queue import retrying, task


@task
@retrying(attempts=4, base=timedelta(seconds=30))
def draw_growth() -> None:
    """The curve of the spread page, if its figures have changed since it was drawn."""
    points = growth()
    of = fingerprint(points)
    if not points or ChartPicture.objects.filter(name=GROWTH, of=of).exists():
        return
    # Loaded here and not above: the web process imports this module, and must not import the renderer.
    pictures = importlib.import_module("movement.spread.pictures")
    svg = pictures.growth_svg(points)
    ChartPicture.objects.update_or_create(name=GROWTH, defaults={"of": of, "svg": svg})


@job(name="spread-snapshots", every=timedelta(hours=6))
def refresh_snapshots() -> None:
    build_snapshots()
    draw_growth.enqueue()


job(name="movement.notes-come-back", every=timedelta(minutes=10))(bring_back)
