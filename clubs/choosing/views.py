"""What is proposed, polls, and their ballots."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clubs.choosing import queries, services
from clubs.choosing.forms import BallotForm, ClosingForm, EndForm, NominationForm, PollForm
from clubs.choosing.importing import COLUMNS, MOST_BYTES, import_books
from clubs.choosing.models import Closing, Nomination, Poll
from clubs.permissions import MemberRequest, can_organise, can_write_notes, member_required, organiser_required
from clubs.reading.models import Book
from movement.editing import ChangedMeanwhile, meanwhile


@require_safe
@member_required
def polls(request: MemberRequest) -> HttpResponse:
    """What the club might read next: what is proposed, the poll that runs, and those that were."""
    context = {
        "club": request.club,
        "membership": request.membership,
        "organises": can_organise(request.membership),
        "may_write": can_write_notes(request.membership),
        "nominations": list(queries.nominations_of(request.club)),
        "passed_on": queries.passed_on(request.club),
        "running": queries.running_poll(request.club),
        "over": request.club.polls.exclude(closed_at=None).select_related("winner", "club")[:20],  # type: ignore[attr-defined]
    }
    return render(request, "clubs/choosing/polls.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def nominate(request: MemberRequest) -> HttpResponse:
    """Propose a book, or take up one from elsewhere (`?book=`). Whoever is unseen takes a name first."""
    if not can_write_notes(request.membership):
        messages.warning(request, _("Choose a name for this group first: a proposal stands there with one."))
        return redirect(request.club)
    form = NominationForm(request.POST if request.method == "POST" else None, initial=_begun(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.nominate(membership=request.membership, **form.cleaned_data)
        except services.AlreadyProposed:
            form.add_error("title", _("This book is proposed already. It will be offered in the next poll."))
        else:
            messages.success(request, _("Proposed. It is offered in every poll until the group has read it."))
            return redirect("clubs:polls", slug=request.club.slug)
    context = {"form": form, "club": request.club}
    return render(request, "clubs/choosing/nominate.html", context, status=422 if form.errors else 200)


def _begun(request: MemberRequest) -> dict[str, Any]:
    """Only what is offered to this club can be taken up: a number tells nothing of other books."""
    number = request.GET.get("book", "")
    offered = {str(one.book_id): one.book for one in queries.passed_on(request.club)}
    book = offered.get(number)
    return {"title": book.title, "author": book.author} if book else {}


@require_http_methods(["GET", "HEAD", "POST"])
@organiser_required
def import_list(request: MemberRequest) -> HttpResponse:
    """A CSV file of books: all of them are proposed, or none, and each fault is named by its line."""
    errors: list[str] = []
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if not can_write_notes(request.membership):
                raise ValidationError(_("Choose a name for this group first: a proposal stands there with one."))
            if file is None:
                raise ValidationError(_("Choose a file first."))
            new, known = import_books(membership=request.membership, content=file.read(MOST_BYTES + 1))
        except ValidationError as error:
            errors = error.messages
        else:
            said = _("%(new)s proposed; %(known)s were there already.") % {"new": new, "known": known}
            messages.success(request, said)
            return redirect("clubs:polls", slug=request.club.slug)
    context = {"club": request.club, "errors": errors, "columns": COLUMNS}
    return render(request, "clubs/choosing/import_list.html", context, status=422 if errors else 200)


@require_POST
@member_required
def withdraw(request: MemberRequest, id: int) -> HttpResponse:
    """One's own proposal; an organiser may take down any."""
    found = get_object_or_404(Nomination.objects.visible_to(request.user), pk=id, club=request.club)
    if found.membership_id != request.membership.pk and not can_organise(request.membership):
        raise Http404
    services.withdraw(nomination=found)
    messages.success(request, _("It is not proposed any more."))
    return redirect("clubs:polls", slug=request.club.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@organiser_required
def new_poll(request: MemberRequest) -> HttpResponse:
    offered = Book.objects.filter(pk__in=[book.pk for book in queries.offered(request.club)])
    form = PollForm(request.POST if request.method == "POST" else None, offered=offered)
    if request.method == "POST" and form.is_valid():
        try:
            poll = services.open_poll(club=request.club, **form.cleaned_data)
        except services.PollIsRunning:
            form.add_error(None, _("A poll is running already. Wait for its end, or end it."))
        else:
            messages.success(request, _("The poll is open, and the members hear of it."))
            return redirect(poll)
    context = {"form": form, "club": request.club, "offered": offered, "fewest": services.FEWEST_OPTIONS}
    return render(request, "clubs/choosing/new_poll.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def poll(request: MemberRequest, id: int) -> HttpResponse:
    """A poll; a POST is one's ballot. Before the close nothing of the count is in the page."""
    found = _poll(request, id)
    options = list(found.options.select_related("book"))
    marks = queries.marks_of(found, request.membership)
    sent = request.POST if request.method == "POST" else None
    form = BallotForm(sent, poll=found, options=options, marks=marks or ())
    if sent is not None and form.is_valid():
        try:
            services.vote(poll=found, membership=request.membership, marks=form.marks)
        except services.PollIsClosed:
            messages.warning(request, _("This poll takes no ballots any more."))
        else:
            messages.success(request, _("Your ballot is in. You can change it until the poll closes."))
        return redirect(found)
    context = _frame(request, found, options) | {"form": form, "has_voted": marks is not None}
    return render(request, "clubs/choosing/poll.html", context, status=422 if form.errors else 200)


def _frame(request: MemberRequest, found: Poll, options: list[Any]) -> dict[str, Any]:
    context: dict[str, Any] = {
        "club": request.club,
        "poll": found,
        "options": options,
        "organises": can_organise(request.membership),
        "unseen": request.membership.shown_name is None,
        "end_form": EndForm(),
    }
    if found.closed_at:
        context |= {
            "outcome": queries.outcome(found),
            "names": queries.names_by_book(found),
            "rounds": queries.rounds(found, options) if found.profile and found.has_quorum else [],
            "duels": queries.duels(found, options) if found.has_quorum else [],
            "level": [one for one in options if found.is_undecided and one.book_id in found.count.leaders],
        }
    return context


@require_http_methods(["GET", "HEAD", "POST"])
@organiser_required
def move_poll(request: MemberRequest, id: int) -> HttpResponse:
    """Another end for a poll that runs. The second of two who move it at once is told."""
    found = _poll(request, id)
    form = ClosingForm(request.POST if request.method == "POST" else None, instance=_poll(request, id))
    differences = None
    if request.method == "POST" and form.is_valid():
        try:
            services.change_closing(poll=found, **form.cleaned_data)
        except services.PollIsClosed:
            messages.warning(request, _("This poll takes no ballots any more."))
            return redirect(found)
        except ChangedMeanwhile:
            now = _poll(request, id)
            form, differences = meanwhile(lambda sent: _over(now, sent), request.POST, edition=now.edition)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    context = {"form": form, "club": request.club, "poll": found, "differences": differences}
    status = 409 if differences is not None else 422 if form.errors else 200
    return render(request, "clubs/choosing/move_poll.html", context, status=status)


def _over(poll: Poll, sent: QueryDict) -> ClosingForm:
    return ClosingForm(sent, instance=poll)


@require_POST
@organiser_required
def end_poll(request: MemberRequest, id: int) -> HttpResponse:
    """Count now, or call it off (`off` is sent); either with a word why."""
    found = _poll(request, id)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Say in a sentence why the poll ends before its time."))
        return redirect(found)
    why = Closing.CALLED_OFF if request.POST.get("off") else Closing.HAND
    services.close(poll=found, why=why, words=form.cleaned_data["words"])
    messages.success(request, _("The poll is closed."))
    return redirect(found)


@require_POST
@organiser_required
def settle_poll(request: MemberRequest, id: int) -> HttpResponse:
    """The organisers choose among those that are level."""
    found = _poll(request, id)
    number = request.POST.get("book", "")
    try:
        if not (number.isascii() and number.isdigit()):
            raise services.NotAmongThem
        services.settle(poll=found, book_id=int(number))
    except services.NotAmongThem:
        messages.warning(request, _("That is settled already, or this book is not among those that are level."))
    else:
        messages.success(request, _("So it is decided."))
    return redirect(found)


def _poll(request: MemberRequest, id: int) -> Poll:
    polls = Poll.objects.visible_to(request.user).filter(club=request.club).select_related("club", "winner")
    return get_object_or_404(polls, pk=id)
