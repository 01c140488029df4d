"""Addresses that the top floor mounts itself."""

from tests.permissions.matrix import EVERYONE, NOBODY, Row

ROWS = [
    # They lead to allauth's login, whose limits and second factor Wagtail's and Django's own would go round.
    Row("cms_login", get=EVERYONE, post=EVERYONE, get_status=302),
    Row("django_admin", get=EVERYONE, post=EVERYONE, get_status=302),
    Row("wagtailcore_login", get=EVERYONE, post=EVERYONE, get_status=302),
    # No page has a password.
    Row("wagtailcore_authenticate_with_password", kwargs={"page_view_restriction_id": 1, "page_id": 1}),
    Row("media", kwargs={"path": "images/missing.png"}, get=NOBODY, post=NOBODY),
]
