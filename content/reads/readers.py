"""Whose opening of a page is a read."""

import re
from functools import lru_cache

from django.http import HttpRequest

#: What names itself a machine (a Cubot is a telephone). Whoever pretends to be a browser is counted.
MACHINE = re.compile(
    r"(?<!cu)bot(?:\b|[/;_-])|crawl|spider|slurp|scan|fetch|preview|monitor|check|archive|feed|headless|lighthouse"
    r"|facebookexternal|whatsapp|curl|wget|python|java/|okhttp|go-http|httpclient|axios|node|ruby|perl|php",
    re.IGNORECASE,
)
LONGEST = 300


@lru_cache(maxsize=1024)
def is_machine(agent: str) -> bool:
    """True as well for whoever says nothing, and for what does not begin as browsers do."""
    return not agent.startswith(("Mozilla/", "Opera/")) or MACHINE.search(agent) is not None


def is_a_read(request: HttpRequest) -> bool:
    """Somebody asked for the page itself, to see it now. Asks nothing of the database."""
    said = request.META
    return (
        request.method == "GET"
        and "HTTP_HX_REQUEST" not in said
        and "prefetch" not in said.get("HTTP_SEC_PURPOSE", said.get("HTTP_PURPOSE", said.get("HTTP_X_MOZ", "")))
        and not is_machine(said.get("HTTP_USER_AGENT", "")[:LONGEST])
    )
