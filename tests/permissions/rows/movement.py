from tests.permissions.matrix import ALLIES, EVERYONE, SIGNED_IN, Row

#: Those who were welcomed already are sent on to Today.
ROWS = [
    Row("movement:welcome", get=SIGNED_IN, post=SIGNED_IN, get_status=(200, 302)),
    Row("movement:today", get=ALLIES),
    Row("movement:step", kwargs={"name": "chapter-one"}, post=ALLIES),
    Row("movement:profile", get=ALLIES, post=ALLIES),
    Row("movement:allies", get=ALLIES),
    Row("movement:ally", kwargs=lambda world: {"id": world.ally.public_id}, get=ALLIES),
    Row("movement:invite", get=ALLIES, post=ALLIES),
    Row("movement:invite_link", post=ALLIES),
    # Who is signed in and not welcomed yet is sent straight to the welcome, which the matrix reads as sent away.
    Row(
        "movement:join",
        kwargs=lambda world: {"code": world.invitation.code},
        get=EVERYONE,
        post=EVERYONE - {"newcomer", "admin"},
    ),
]
