from tests.permissions.matrix import ALLIES, OWNER, Row

ROWS = [
    Row("movement:actions", get=ALLIES),
    Row("movement:log_action", get=ALLIES, post=ALLIES),
    Row("movement:edit_action", kwargs=lambda world: {"id": world.action.pk}, get=OWNER, post=OWNER),
    Row("movement:delete_action", kwargs=lambda world: {"id": world.action.pk}, get=OWNER, post=OWNER),
    Row("movement:ideas", get=ALLIES),
    Row("movement:idea", kwargs=lambda world: {"slug": world.idea.slug}, get=ALLIES),
    Row("movement:personas", get=ALLIES),
    Row("movement:new_persona", get=ALLIES, post=ALLIES),
    Row("movement:persona", kwargs=lambda world: {"id": world.card.pk}, get=ALLIES),
    Row("movement:edit_persona", kwargs=lambda world: {"id": world.card.pk}, get=OWNER, post=OWNER),
    Row("movement:delete_persona", kwargs=lambda world: {"id": world.card.pk}, get=OWNER, post=OWNER),
    Row("movement:spread", get=ALLIES),
    Row("movement:spread_unit", kwargs=lambda world: {"slug": world.unit.slug}, get=ALLIES),
    Row("movement:definition", get=ALLIES, post=ALLIES),
    Row("movement:delete_definition", get=OWNER, post=OWNER),
    Row("movement:definitions", get=ALLIES),
    # A note has no address of its own: everybody meets theirs here, and only who has one can throw it away.
    Row("movement:note", get=ALLIES, post=ALLIES),
    Row("movement:delete_note", get=OWNER, post=OWNER),
]
