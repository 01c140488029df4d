from tests.permissions.matrix import ALLIES, OWNER, Row


def its(world):
    return {"id": world.decision.pk}


ROWS = [
    Row("movement:decisions", get=ALLIES),
    Row("movement:new_decision", get=ALLIES, post=ALLIES),
    Row("movement:decision", kwargs=its, get=ALLIES),
    Row("movement:edit_decision", kwargs=its, get=OWNER, post=OWNER),
    Row(
        "movement:weigh",
        kwargs=lambda world: {"id": world.decision.pk, "stakeholder_id": world.decision.stakeholders.first().pk},
        get=OWNER,
        post=OWNER,
    ),
    Row("movement:what_happened", kwargs=its, get=OWNER, post=OWNER),
    Row("movement:delete_decision", kwargs=its, get=OWNER, post=OWNER),
]
