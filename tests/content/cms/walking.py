"""Every address under /cms/ that the resolver knows, filled with what it could be about."""

import re
from collections.abc import Iterator
from itertools import product

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

#: What a word in an address may be; anything the resolver asks for that is not here gets these as well.
WORDS = {
    "app_label": ["content"],
    "app_name": ["content"],
    "content_type_app_name": ["content"],
    "model_name": ["articlepage", "picture"],
    "content_type_model_name": ["articlepage"],
    "action_name": ["copy", "publish", "approve", "create_alias"],
    "action": ["delete", "publish", "move"],
    "filter_spec": ["width-100"],
    "revision_id_a": ["live", "earliest"],
    "revision_id_b": ["live", "latest"],
}
ASKED = re.compile(r"\(\?P<(?P<by_rule>\w+)>(?:[^()]|\([^()]*\))*\)|<(?:(?P<kind>\w+):)?(?P<by_path>\w+)>")


def routes(resolver: URLResolver | None = None, namespace: str = "", prefix: str = "") -> Iterator[tuple[str, str]]:
    """Name and route of every address below the resolver."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, route)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or ''}", route


def cms_routes() -> dict[str, set[str]]:
    """Routes by name."""
    found: dict[str, set[str]] = {}
    for name, route in routes():
        if route.startswith("cms/") and ".*" not in route:
            found.setdefault(name, set()).add(route)
    return found


def filled(route: str, numbers: list[int]) -> Iterator[str]:
    """The route's paths, with each of the numbers (or words) wherever it asks for something."""
    asked = [match.group("by_rule") or match.group("by_path") for match in ASKED.finditer(route)]
    choices = [WORDS.get(name, [str(number) for number in numbers]) for name in asked]
    plain = route.replace("\\Z", "").replace("\\.", ".").replace("^", "").rstrip("$")
    for chosen in product(*choices):
        values = iter(chosen)
        yield "/" + ASKED.sub(lambda _match, values=values: next(values), plain)
