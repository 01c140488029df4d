"""Places in a list ordered by time and number, as they stand in an address."""

from datetime import UTC, datetime

LARGEST = 2**63 - 1


def key_of(moment: datetime, number: int) -> str:
    return f"{int(moment.timestamp() * 1_000_000)}-{number}"


def read_key(text: str) -> tuple[datetime, int] | None:
    """None for anything that no list of ours would have written."""
    micros, _dash, number = text.partition("-")
    if not (micros.isascii() and number.isascii() and micros.isdigit() and number.isdigit()) or len(text) > 40:
        return None
    try:
        moment = datetime.fromtimestamp(int(micros) // 1_000_000, UTC).replace(microsecond=int(micros) % 1_000_000)
    except (ValueError, OverflowError, OSError):
        return None
    return (moment, int(number)) if int(number) <= LARGEST else None
