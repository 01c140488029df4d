"""The choice of paper, and the components."""

from tests.permissions.matrix import EVERYONE, Row

ROWS = [
    Row("ui:theme", get=EVERYONE, post=EVERYONE),
    Row("ui:styleguide", get=frozenset({"admin"})),
]
