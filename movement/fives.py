"""Small numbers, for every part that counts people: fewer than five are never counted, the rest to the nearest five
(design rule 6)."""

#: Fewer people than this are never counted in public.
FEWEST = 5
#: Counts are shown as multiples of this.
STEP = 5


def nearest_five(count: float) -> int:
    """3 to 7 give 5. Whether it may be told at all is for whoever asks to say."""
    return int((count + STEP / 2) // STEP) * STEP
