"""The list of subscribers as a CSV file, with the proof that each agreed."""

import csv
from collections.abc import Iterator

from content.subscriptions import choosing, sources
from content.subscriptions.choosing import Labels
from content.subscriptions.models import Subscriber

COLUMNS = ("email", "subscribed", "gets", "when", "consent", "consent_date", "consent_how")
#: Signs with which a spreadsheet begins a formula (design rule 8).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class Line:
    """What csv.writer writes to: it gives the line back."""

    def write(self, text: str) -> str:
        return text


def lines() -> Iterator[str]:
    """Line by line, in the order in which they came, in little memory however many they are."""
    writer = csv.writer(Line())
    yield writer.writerow(COLUMNS)
    labels = sources.labels()
    everybody = Subscriber.objects.confirmed().order_by("pk")
    for subscriber in everybody.prefetch_related("topics", "authors", "followed", "consents").iterator(chunk_size=500):
        yield writer.writerow([harmless(str(cell)) for cell in cells(subscriber, labels)])


def cells(subscriber: Subscriber, labels: Labels) -> tuple[object, ...]:
    consent = next(iter(subscriber.consents.all()), None)
    return (
        subscriber.email,
        subscriber.confirmed_at.date().isoformat() if subscriber.confirmed_at else "",
        choosing.in_words(subscriber, labels),
        subscriber.pace,
        consent.words if consent else "",
        consent.at.date().isoformat() if consent else "",
        consent.how_it_is_told if consent else "",
    )


def harmless(cell: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
