from tests.permissions.matrix import ALLIES, OWNER, STEWARDS, Row


def owner(world):
    return {"id": world.ally.public_id}


#: "organiser" has asked "ally".
BOTH = OWNER | {"organiser"}
OTHERS = ALLIES - OWNER
ROWS = [
    Row("movement:introductions", get=ALLIES),
    Row("movement:introduction", kwargs=lambda world: {"id": world.introduction.pk}, get=BOTH, post=BOTH),
    Row("movement:take_back_introduction", kwargs=lambda world: {"id": world.introduction.pk}, post={"organiser"}),
    # Who has asked already is led to what they asked.
    Row("movement:ask_introduction", kwargs=owner, get=OTHERS, post=OTHERS, get_status=(200, 302)),
    Row("movement:introduce", kwargs=owner, get=OTHERS, post=OTHERS),
    Row("movement:block_ally", kwargs=owner, get=OTHERS, post=OTHERS),
    Row("movement:report_ally", kwargs=owner, get=OTHERS, post=OTHERS),
    Row("movement:blocks", get=ALLIES),
    Row("movement:unblock", kwargs=lambda world: {"id": world.block.pk}, get=OWNER, post=OWNER),
    Row("movement:lunch", get=ALLIES, post=ALLIES),
    Row("movement:leave_lunch", post=ALLIES),
    Row("movement:lunch_with", kwargs=lambda world: {"id": world.seat.pk}, get=OWNER, post=OWNER),
    Row("movement:lunch_ics", kwargs=lambda world: {"id": world.seat.pk}, get=OWNER),
    Row("reports_cms:open_reports", get=STEWARDS),
    Row("reports_cms:judge_report", kwargs=lambda world: {"number": world.report.pk}, post=STEWARDS),
]
