"""What a signed-in reader says at the end of a chapter."""

import time
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.models import User
from content.pages.primer import ChapterPage
from content.progress.models import What
from content.progress.services import mark, take_back

#: Whoever gets to the end in less than this part of the reading time was looking for something else there.
SHORTEST_READING = 0.2


@require_POST
def chapter_read(request: HttpRequest, slug: str) -> HttpResponse:
    """By the button, or by getting to the end: then only if there was time to read it (204 otherwise)."""
    chapter = chapter_of(request, slug)
    if request.user.is_authenticated and "pressed" not in request.POST and too_soon(request, chapter):
        return HttpResponse(status=204)
    return said(request, chapter, What.READ)


@require_POST
def chapter_exercise(request: HttpRequest, slug: str) -> HttpResponse:
    return said(request, chapter_of(request, slug), What.EXERCISE)


def chapter_of(request: HttpRequest, slug: str) -> ChapterPage:
    """The chapter of this address, if this person may read it."""
    chapter = get_object_or_404(ChapterPage.objects.live(), slug=slug)
    if not all(restriction.accept_request(request) for restriction in chapter.get_view_restrictions()):
        raise Http404
    return chapter


def too_soon(request: HttpRequest, chapter: ChapterPage) -> bool:
    opened = request.POST.get("opened", "")
    if not (opened.isascii() and opened.isdigit() and len(opened) < 12):
        return True
    return time.time() - int(opened) < chapter.minutes * 60 * SHORTEST_READING


def said(request: HttpRequest, chapter: ChapterPage, what: What) -> HttpResponse:
    """Kept or taken back; in place where htmx asks, else back to the end of the chapter."""
    if not request.user.is_authenticated:
        return redirect_to_login(chapter.get_absolute_url())
    user = cast(User, request.user)
    if "take_back" in request.POST:
        take_back(user=user, chapter=chapter, what=what)
    else:
        mark(user=user, chapters=[chapter], what=what)
    if cast(Any, request).htmx:
        return render(request, "content/progress/changed.html", chapter.get_context(request))
    return redirect(f"{chapter.get_absolute_url()}#end")
