"""A book's cover, who lends a copy, where one is in it, and what one makes of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clubs.groups.models import Club
from clubs.groups.pictures import KIND
from clubs.permissions import MemberRequest, can_write_notes, member_required, organiser_required
from clubs.reading import finishing
from clubs.reading.covering import HungByOthers, hang_cover
from clubs.reading.forms import PlaceForm, VerdictForm
from clubs.reading.models import Book, BookCover, Copy, Reading, Verdict
from clubs.reading.progress import take_place
from clubs.reading.queries import current_reading


@require_safe
def book_cover(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """The picture, for whoever may see this club's books; no cache on the way keeps it."""
    club = get_object_or_404(Club.objects.visible_to(request.user), slug=slug)
    found = get_object_or_404(BookCover, book__in=Book.objects.seen_in(club, request.user).filter(pk=id))
    response = HttpResponse(bytes(found.content), content_type=KIND)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@organiser_required
def new_book_cover(request: MemberRequest, id: int) -> HttpResponse:
    """A cover for a book that has none, or another for one's own: what another group has hung up stays."""
    book = get_object_or_404(Book.objects.known_to(request.club), pk=id)
    file = request.FILES.get("picture")
    try:
        if not file:
            raise ValidationError(_("Choose a file first."))
        hang_cover(book=book, club=request.club, file=file)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    except HungByOthers:
        messages.warning(request, _("Another group was quicker: this book has a cover by now."))
    else:
        messages.success(request, _("That is its cover now."))
    return redirect("clubs:book", slug=request.club.slug, id=book.pk)


@require_POST
@member_required
def lend(request: MemberRequest, id: int) -> HttpResponse:
    """Offer one's copy (`lend` is sent) or take the offer back; the name beside it is the one shown here."""
    book = get_object_or_404(Book.objects.known_to(request.club), pk=id)
    if not request.POST.get("lend"):
        Copy.objects.filter(book=book, membership=request.membership).delete()
        messages.success(request, _("Your copy is not offered any more."))
    elif can_write_notes(request.membership):
        Copy.objects.get_or_create(book=book, membership=request.membership)
        messages.success(request, _("The others see that you have one to lend."))
    else:
        messages.warning(request, _("Choose a name for this group first: whoever lends has to be asked."))
    return redirect("clubs:book", slug=request.club.slug, id=book.pk)


@require_POST
@member_required
def place(request: MemberRequest) -> HttpResponse:
    """Where one is in the book on the table."""
    reading = current_reading(request.club)
    form = PlaceForm(request.POST)
    if reading and form.is_valid():
        take_place(reading=reading, membership=request.membership, **form.cleaned_data)
        messages.success(request, _("Noted. What lies before it is marked as read."))
    elif reading:
        messages.warning(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect(request.club)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def verdict(request: MemberRequest, id: int) -> HttpResponse:
    """What one makes of the book: stars, words, and what one will do differently."""
    reading = get_object_or_404(Reading.objects.select_related("book"), pk=id, club=request.club)
    if not can_write_notes(request.membership):
        messages.warning(request, _("Choose a name for this group first: a verdict stands under one."))
        return redirect("clubs:summary", slug=request.club.slug, id=reading.pk)
    own = Verdict.objects.filter(reading=reading, membership=request.membership).first()
    form = VerdictForm(request.POST if request.method == "POST" else None, instance=own)
    if request.method == "POST" and form.is_valid():
        finishing.say(reading=reading, membership=request.membership, **form.cleaned_data)
        messages.success(request, _("Said. It stands on the page of this round."))
        return redirect("clubs:summary", slug=request.club.slug, id=reading.pk)
    context = {"club": request.club, "reading": reading, "form": form}
    return render(request, "clubs/reading/verdict.html", context, status=422 if form.errors else 200)


@require_POST
@organiser_required
def finish(request: MemberRequest, id: int) -> HttpResponse:
    reading = get_object_or_404(Reading.objects.current(), pk=id, club=request.club)
    finishing.finish(reading=reading)
    messages.success(request, _("Read to the end. What did you make of it?"))
    return redirect("clubs:summary", slug=request.club.slug, id=reading.pk)
