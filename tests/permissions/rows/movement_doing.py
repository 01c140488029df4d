from conversation.hosts import target_of
from conversation.services import Words, place
from tests.permissions.matrix import ALLIES, EDITORS, OWNER, STEWARDS, Row


def a_comment(world):
    words = Words(name="Hester Vane", text="Ask the driver first.", press="")
    return {"comment_id": place(target=target_of(world.article), email="hester@example.org", words=words).pk}


ROWS = [
    Row("movement:actions", get=ALLIES),
    Row("movement:log_action", get=ALLIES, post=ALLIES),
    Row("movement:edit_action", kwargs=lambda world: {"id": world.action.pk}, get=OWNER, post=OWNER),
    Row("movement:delete_action", kwargs=lambda world: {"id": world.action.pk}, get=OWNER, post=OWNER),
    Row("movement:ideas", get=ALLIES),
    Row("movement:tried", kwargs=a_comment, get=ALLIES, post=ALLIES),
    Row("movement:idea", kwargs=lambda world: {"slug": world.idea.slug}, get=ALLIES),
    Row("movement:propose_idea", get=ALLIES, post=ALLIES),
    Row("ideas_cms:proposed_ideas", get=STEWARDS),
    Row("ideas_cms:judge_idea", kwargs=lambda world: {"number": world.proposal.pk}, post=STEWARDS),
    Row("movement:try_idea", kwargs=lambda world: {"slug": world.idea.slug}, post=ALLIES),
    Row(
        "movement:thank_action",
        kwargs=lambda world: {"id": world.action.pk},
        get=ALLIES,
        post=ALLIES - OWNER,
    ),
    Row("movement:try_action", kwargs=lambda world: {"id": world.action.pk}, post=ALLIES),
    Row("movement:commitments", get=ALLIES, post=ALLIES),
    Row("movement:edit_commitment", kwargs=lambda world: {"id": world.commitment.pk}, get=OWNER, post=OWNER),
    Row("movement:settle_commitment", kwargs=lambda world: {"id": world.commitment.pk}, post=OWNER),
    Row("movement:personas", get=ALLIES),
    Row("movement:new_persona", get=ALLIES, post=ALLIES),
    Row("movement:persona", kwargs=lambda world: {"id": world.card.pk}, get=ALLIES),
    Row("movement:edit_persona", kwargs=lambda world: {"id": world.card.pk}, get=OWNER, post=OWNER),
    Row("movement:delete_persona", kwargs=lambda world: {"id": world.card.pk}, get=OWNER, post=OWNER),
    Row("movement:spread", get=ALLIES),
    Row("movement:spread_report", get=ALLIES),
    # Arranging it is for stewards who are allies: nobody else reads it either.
    Row("movement:edit_spread_report", get=STEWARDS & ALLIES, post=STEWARDS & ALLIES),
    # Nothing has been drawn yet, so there is nothing to take along.
    Row("movement:spread_picture", kwargs={"name": "growth"}),
    Row("movement:spread_figures", kwargs={"name": "coverage"}, get=ALLIES),
    Row("movement:spread_unit_figures", kwargs=lambda world: {"slug": world.unit.slug}, get=ALLIES),
    Row("movement:what_if", get=ALLIES, post=ALLIES),
    Row("movement:what_if_answer", kwargs={"invited": 10, "accepted": 50, "new_units": 1}, get=ALLIES),
    # Nobody has asked yet, so there is nothing to take along.
    Row("movement:what_if_csv", kwargs={"invited": 10, "accepted": 50, "new_units": 1}),
    Row("movement:spread_unit", kwargs=lambda world: {"slug": world.unit.slug}, get=ALLIES),
    Row("movement:definition", get=ALLIES, post=ALLIES),
    Row("movement:delete_definition", get=OWNER, post=OWNER),
    Row("movement:definitions", get=ALLIES),
    Row(
        "movement:flag_definition",
        kwargs=lambda world: {"id": world.ally.public_id},
        get=ALLIES - OWNER,
        post=ALLIES - OWNER,
    ),
    Row("definitions_cms:flagged_definitions", get=EDITORS),
    Row("definitions_cms:judge_definition", kwargs=lambda world: {"number": world.definition.pk}, post=EDITORS),
    # A note has no address of its own: everybody meets theirs here, and only who has one can throw it away.
    Row("movement:note", get=ALLIES, post=ALLIES),
    Row("movement:delete_note", get=OWNER, post=OWNER),
]
