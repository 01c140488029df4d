from tests.permissions.matrix import ALLIES, OWNER, Row

#: "ally" wrote the cards, "organiser" is at their other end.
BOTH = OWNER | {"organiser"}
OTHER_END = frozenset({"organiser"})


def card(world):
    return {"id": world.card.pk}


def agreed(world):
    return {"id": world.agreed_card.pk}


def asked(world):
    return {"id": world.asked_card.pk}


def workshop(world):
    return {"code": world.workshop.code}


def table_card(world):
    return workshop(world) | {"id": world.table_card.pk}


ROWS = [
    Row("movement:known_allies", get=ALLIES),
    Row("movement:print_personas", get=ALLIES),
    Row("movement:print_persona", kwargs=card, get=ALLIES),
    Row("movement:persona_picture", kwargs=card, get=ALLIES),
    Row("movement:ask_other_end", kwargs=card, get=OWNER, post=OWNER),
    Row("movement:untie_persona", kwargs=card, post=OWNER),
    Row("movement:answer_persona", kwargs=asked, post=OTHER_END, data={"edition": "1"}),
    Row("movement:rate_persona", kwargs=agreed, post=BOTH, data={"mark": "4"}),
    Row("movement:persona_history", kwargs=agreed, get=BOTH),
    Row("movement:new_workshop", get=ALLIES, post=ALLIES),
    # Whoever has the link is asked in; a POST before that shows the same page.
    Row("movement:workshop", kwargs=workshop, get=ALLIES, post=ALLIES),
    Row("movement:join_workshop", kwargs=workshop, post=ALLIES),
    Row("movement:workshop_table", kwargs=workshop, get=BOTH),
    Row("movement:print_workshop", kwargs=workshop, get=BOTH),
    Row("movement:close_workshop", kwargs=workshop, post=OWNER),
    Row("movement:take_workshop_card", kwargs=table_card, post=BOTH),
    Row("movement:edit_persona", kwargs=agreed, get=BOTH, post=BOTH),
    Row("movement:service_map", get=ALLIES),
    Row("movement:service_map_unit", kwargs=lambda world: {"slug": world.unit.slug}, get=ALLIES),
]
