"""`/search/?q=`: over everything this visitor may see, without ever failing."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.search.sources import sources

MOST_CHARACTERS, A_SOURCE = 100, 8


def clean(text: str) -> str:
    """Words only: quotation marks and operators mean something to the database's query language."""
    words = re.sub(r"[^\w\s'’-]", " ", text.replace("\x00", " "))[:MOST_CHARACTERS]
    return " ".join(word.strip("'’-") for word in words.split() if word.strip("'’-_"))


@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "")[: MOST_CHARACTERS * 2]
    query = clean(asked)
    groups = []
    if query:
        for source in sources():
            if hits := list(source.search(request.user, query, A_SOURCE)):
                groups.append({"label": source.label, "name": source.name, "hits": hits})
    return render(
        request,
        "content/search.html",
        {"asked": asked.replace("\x00", "")[:MOST_CHARACTERS], "query": query, "groups": groups},
    )
