"""A number with its interval, drawn beside the upright line of "one for one"."""

from ui.shapes import Circle, Drawing, Line, Shape

WIDTH, HEIGHT = 300, 34
LEFT, RIGHT = 20.0, 280.0
#: Where the scale ends; what lies beyond is drawn at its end.
LARGEST = 2.5


def against_one(*, low: float, mean: float, high: float) -> Drawing:
    """From 0 to 2.5: the interval as a bar, the estimate as a dot."""
    middle = HEIGHT / 2
    shapes: list[Shape] = [
        Line(LEFT, RIGHT, middle, middle, "r-base"),
        Line(_place(1), _place(1), 2, HEIGHT - 2, "r-one"),
        Line(_place(low), _place(high), middle, middle, "r-range"),
        Circle(_place(mean), middle, 7.5, "s-fill"),
    ]
    return Drawing(WIDTH, HEIGHT, shapes)


def _place(value: float) -> float:
    return LEFT + (RIGHT - LEFT) * min(max(value, 0.0), LARGEST) / LARGEST
