"""What every page and every mail of the site knows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from content.settings import OrganisationSettings


def organisation(request: HttpRequest) -> dict[str, object]:
    """`organisation` is read when a template first asks; `site_url` is the configured origin, never the Host."""
    return {
        "organisation": SimpleLazyObject(lambda: OrganisationSettings.load(request_or_site=request)),
        "site_url": settings.SITE_URL,
    }


def for_letters() -> dict[str, object]:
    """What every mail bears in its head and foot."""
    organisation = OrganisationSettings.current()
    return {"organisation_name": organisation.name, "site_name": organisation.site_name}
