"""Comments. The world's comment belongs to "ally" and stands under an article."""

from accounts import tokens
from conversation.hosts import target_of
from conversation.services import Words, place
from tests.permissions.matrix import EVERYONE, ORGANISERS, OWNER, SIGNED_IN, Row


def the_page(world):
    target = target_of(world.article)
    return {"kind": target.kind, "object_id": target.thing.pk}


def the_comment(world):
    """Written by "ally" just now."""
    words = Words(name="Ada Larkin", text="Mine.", press="")
    return {"comment_id": place(target=target_of(world.article), user=world.ally.user, words=words).pk}


def anothers_comment(world):
    words = Words(name="Hester Vane", text="Theirs.", press="")
    return {"comment_id": place(target=target_of(world.article), email="hester@example.org", words=words).pk}


def mute(world):
    return {"token": tokens.make(purpose="comment-mute", subject=the_comment(world)["comment_id"])}


def nothing(world):
    """A link that has run out: the page that says so is everybody's, and is a 404."""
    return {"token": "run-out"}


ROWS = [
    Row("conversation:new", kwargs=the_page, get=EVERYONE),
    Row("conversation:more", kwargs=the_page, get=EVERYONE),
    # Without a page to stand under there is nothing to post; tests/conversation/input walks the form itself.
    Row("conversation:post"),
    Row("conversation:preview"),
    Row("conversation:forget", post=EVERYONE),
    Row("conversation:waiting", kwargs=nothing),
    Row("conversation:confirm", kwargs=nothing),
    Row("conversation:answer", kwargs=nothing),
    Row("conversation:mute", kwargs=mute, get=EVERYONE, post=EVERYONE),
    Row("conversation:desk", get=ORGANISERS | OWNER),
    Row("conversation:desk_decide", post=ORGANISERS | OWNER),
    Row("conversation:yours", get=EVERYONE),
    Row("conversation:comment", kwargs=the_comment, get=EVERYONE, get_status=302),
    Row("conversation:react", kwargs=anothers_comment, post=SIGNED_IN, data={"give": "helpful"}),
    Row("conversation:edit", kwargs=the_comment, get=OWNER, post=OWNER),
    Row("conversation:delete", kwargs=the_comment, get=OWNER, post=OWNER),
    Row("conversation:flag", kwargs=the_comment, get=SIGNED_IN, post=SIGNED_IN),
]
