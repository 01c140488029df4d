from tests.permissions.matrix import ALLIES, OWNER, Row

ROWS = [
    Row("movement:rhythm", get=ALLIES),
    Row("movement:choose_nudges", post=ALLIES),
    Row("movement:milestones", get=ALLIES),
    Row("movement:nudge", kwargs=lambda world: {"id": world.nudge.pk}, get=OWNER, post=OWNER),
    Row("movement:hello", kwargs=lambda world: {"id": world.hello.pk}, post=OWNER),
]
