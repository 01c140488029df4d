from movement.allies.portraits import keep_portrait
from tests.permissions.matrix import ALLIES, EVERYONE, OWNER, SIGNED_IN, Row


def with_portrait(ally):
    keep_portrait(ally=ally, picture=b"a picture")
    return ally


#: Those who were welcomed already are sent on to Today.
ROWS = [
    Row("movement:welcome", get=SIGNED_IN, post=SIGNED_IN, get_status=(200, 302)),
    Row("movement:welcome_place", get=ALLIES, post=ALLIES, data={"unit": "nowhere"}),
    Row("movement:welcome_letters", get=ALLIES, post=ALLIES),
    Row("movement:today", get=ALLIES),
    Row("movement:step", kwargs={"name": "chapter-one"}, post=ALLIES),
    Row("movement:profile", get=ALLIES, post=ALLIES),
    Row("movement:preview", post=ALLIES),
    Row("movement:known_tags", get=ALLIES),
    Row("movement:own_portrait", post=ALLIES),
    Row("movement:allies", get=ALLIES),
    Row("movement:ally", kwargs=lambda world: {"id": world.ally.public_id}, get=ALLIES),
    Row("movement:meet", get=ALLIES),
    # "alias_ally" is the one whom the others see; nobody can put themselves aside.
    Row("movement:put_aside", kwargs=lambda world: {"id": world.alias_ally.public_id}, post=ALLIES - {"alias_ally"}),
    Row("movement:portrait", kwargs=lambda world: {"id": with_portrait(world.ally).public_id}, get=ALLIES),
    Row("movement:invite", get=ALLIES, post=ALLIES),
    Row("movement:invite_link", post=ALLIES),
    Row("movement:new_occasion", post=ALLIES),
    Row("movement:invitation_letter", post=ALLIES),
    Row("movement:occasion", kwargs=lambda world: {"id": world.occasion.pk}, get=OWNER),
    Row("movement:end_invitation", kwargs=lambda world: {"id": world.occasion.pk}, post=OWNER),
    Row("movement:invitation_qr", kwargs=lambda world: {"id": world.occasion.pk}, get=OWNER),
    # Who is signed in and not welcomed yet is sent straight to the welcome, which the matrix reads as sent away.
    Row(
        "movement:join",
        kwargs=lambda world: {"code": world.invitation.code},
        get=EVERYONE,
        post=EVERYONE - {"newcomer", "admin"},
    ),
]
