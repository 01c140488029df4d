"""Inviting by mail: what arrives, whom it reaches, what it proves, and what is forgotten."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from post_office.models import Email

from accounts.models import Mode, SignupPolicy, User
from accounts.services import export_person
from movement.allies.models import Ally, Visibility
from movement.invitations.letters import A_DAY, event_of, forget_receivers, link_of, words_of, write_to
from movement.invitations.models import LETTER_LASTS, Invitation, NeverAgain, Redemption
from movement.invitations.services import say
from postbox.models import Dispatch
from tests.cast import PASSWORD, client_of, make_ally

pytestmark = pytest.mark.django_db
BO = "bo.finch@elsewhere.example"


def post(client: Client, email: str = BO, words: str = "Come and listen."):
    return client.post("/invite/letters/", {"email": email, "words": words})


@pytest.fixture
def letter(ally: Ally) -> Invitation:
    return write_to(owner=ally, email=BO, words="Come and listen.")


def said(letter: Invitation) -> str | None:
    words = words_of(event_of(letter))
    return words and words.subject


def path_of(letter: Invitation) -> str:
    return link_of(letter).removeprefix("http://groundswell.example")


def test_the_letter_bears_the_inviters_name_words_and_link_and_the_page_keeps_no_address(ally: Ally):
    client = client_of(ally)
    assert post(client).status_code == 302
    letter, written = Invitation.objects.get(), Email.objects.get()
    assert (written.to, written.subject) == ([BO], "Ada Larkin invites you to Groundswell")
    assert ("Come and listen." in written.message, link_of(letter) in written.message) == (True, True)
    assert written.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page = client.get("/invite/").content.decode()
    assert ("b•••@elsewhere.example" in page, BO in page, path_of(letter) in page) == (True, False, False)


def test_the_name_is_the_one_shown_when_the_letter_goes_out(letter: Invitation):
    subjects = []
    for fields in ({"visibility": Visibility.QUIET}, {"visibility": Visibility.ALIAS, "alias": "Night Ferry"},
                   {"visibility": Visibility.OPEN, "name": "win at cheap.example"}):  # fmt: skip
        Ally.objects.update(**fields)
        subjects.append(said(letter))
    colleague = "A colleague invites you to Groundswell"
    assert subjects == [colleague, "Night Ferry invites you to Groundswell", colleague]


def test_a_letter_of_one_whose_links_name_nobody_names_nobody_either(alias_ally: Ally):
    say(owner=alias_ally, words="", is_signed=False)
    letter = write_to(owner=alias_ally, email=BO, words="")
    greeted = Client().get(path_of(letter)).content.decode()
    assert (said(letter), alias_ally.alias in greeted) == ("A colleague invites you to Groundswell", False)


def test_what_was_taken_back_or_wants_none_or_is_too_much_does_not_go_out(ally: Ally, letter: Invitation):
    others = [write_to(owner=make_ally(f"Ally {n}"), email=BO, words="") for n in range(3)]
    assert [bool(said(one)) for one in (letter, *others)] == [True, True, True, False]
    client_of(ally).post(f"/invite/{letter.pk}/end/")
    assert (said(letter), said(others[0])[:6]) == (None, "Ally 0")
    stop = re.search(r"<(.+)>", Email.objects.first().headers["List-Unsubscribe"])[1].removeprefix(
        "http://groundswell.example"
    )
    assert "b•••@elsewhere.example" in Client().get(stop).content.decode()
    assert NeverAgain.objects.count() == 0
    Client().post(stop)
    assert (NeverAgain.objects.count(), [said(one) for one in others]) == (1, [None] * 3)
    assert "stopped already" in Client().get(stop).content.decode()


def test_known_unknown_and_unwilling_addresses_are_answered_alike(ally: Ally, organiser: Ally):
    NeverAgain.objects.create(recipient=write_to(owner=organiser, email="never@elsewhere.example", words="").recipient)
    client, answers = client_of(ally), set()
    for email in (organiser.user.email, BO, "never@elsewhere.example"):
        post(client, email)
        page = client.get("/invite/").content.decode()
        answers.add((re.search(r'role="status".*?</div>', page, re.DOTALL)[0], page.count("Take it back")))
        Invitation.objects.filter(owner=ally).delete()
    assert len(answers) == 1


def test_ten_a_day_and_once_to_one_address(ally: Ally):
    client = client_of(ally)
    assert [post(client).status_code for _ in range(2)] == [302, 422]
    codes = [post(client, f"{n}@elsewhere.example").status_code for n in range(A_DAY)]
    assert codes == [302] * (A_DAY - 1) + [422]
    assert Email.objects.count() == A_DAY


@pytest.mark.parametrize(
    "email", ["", "nobody", "a\r\nBcc: b@x.example", "ada.larkin@larkfield.example", "x" * 300 + "@x.example"]
)
def test_what_is_no_address_of_somebody_else_is_refused_and_kept(ally: Ally, email: str):
    assert (post(client_of(ally), email).status_code, Email.objects.count()) == (422, 0)


def test_only_admitted_addresses_are_written_to(ally: Ally):
    SignupPolicy.objects.create(mode=Mode.DOMAINS, domains="larkfield.example")
    assert [post(client_of(ally), email).status_code for email in (BO, "bo@larkfield.example")] == [422, 302]


def test_the_letters_own_address_needs_no_second_proof_and_any_other_does(letter: Invitation):
    landed = []
    for email in ("other@elsewhere.example", BO.upper()):
        client = Client()
        client.post(path_of(letter))
        assert "you need no code" in client.get("/accounts/signup/").content.decode()
        landed.append(client.post("/accounts/signup/", {"email": email, "password1": PASSWORD})["Location"])
    assert landed == ["/accounts/confirm-email/", "/me/"]
    assert [message.to for message in mail.outbox] == [["other@elsewhere.example"]]


def test_a_letter_brings_one_person_and_nobody_can_tell_its_sender_so(ally: Ally, letter: Invitation):
    clients = [Client(), Client()]
    for client in clients:
        client.post(path_of(letter))
    before = client_of(ally).get("/invite/").content.decode()
    clients[0].post("/accounts/signup/", {"email": BO, "password1": PASSWORD})
    clients[0].post("/welcome/", {"skip": "1"})
    assert Redemption.objects.get().joined.user == User.objects.get(email=BO)
    hidden = re.compile(r'csrfmiddlewaretoken" value="\w+"')
    assert hidden.sub("", client_of(ally).get("/invite/").content.decode()) == hidden.sub("", before)
    assert clients[1].get(path_of(letter)).status_code == 404
    clients[1].post("/accounts/signup/", {"email": "late@elsewhere.example", "password1": PASSWORD})
    assert mail.outbox[-1].to == ["late@elsewhere.example"]


def test_a_letters_code_leads_nowhere_without_its_signature(letter: Invitation):
    assert Client().get(f"/join/{letter.code}/").status_code == 404
    assert Client().get(path_of(letter)[:-2] + "/").status_code == 404
    assert Client().get(path_of(letter)).status_code == 200


def test_after_thirty_days_nobody_knows_whom_one_wrote_to(ally: Ally, letter: Invitation):
    used, young = (write_to(owner=ally, email=f"{n}@elsewhere.example", words="") for n in ("used", "young"))
    old = Invitation.objects.exclude(pk=young.pk)
    old.update(created_at=letter.created_at - LETTER_LASTS - timedelta(minutes=1))
    Invitation.objects.filter(pk=used.pk).update(taken=1)
    NeverAgain.objects.create(recipient=letter.recipient)
    assert (forget_receivers(), forget_receivers()) == (2, 0)
    left = [(one.pk, bool(one.recipient), one.shown_address) for one in Invitation.objects.order_by("pk")]
    assert left == [(used.pk, False, ""), (young.pk, True, "y•••@elsewhere.example")]
    told = export_person(user=ally.user)["movement.Invitation"]  # one that is left would tell who has come
    assert [row["shown_address"] for row in told] == ["y•••@elsewhere.example"]
    assert list(Dispatch.objects.values_list("event", flat=True)) == [event_of(young)]
    assert ([written.to for written in Email.objects.all()], NeverAgain.objects.count()) == (
        [["young@elsewhere.example"]],
        1,
    )
