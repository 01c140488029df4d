"""Every address of the site. Each app's own stand in its urls.py; Wagtail serves the pages last."""

from django.urls import include, path, re_path, register_converter
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.cms import account_page
from config.converters import IdConverter
from config.media import media
from content.views import page

register_converter(IdConverter, "id")

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("cms/login/", to_sign_in, name="cms_login"),
    path("django-admin/", to_sign_in, name="django_admin"),
    path("_util/login/", to_sign_in, name="wagtailcore_login"),
    path("cms/account/", account_page, name="cms_account"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("allauth.urls")),
    path("", include("ui.urls")),
    path("", include("accounts.urls")),
    path("", include("postbox.urls")),
    path("", include("conversation.urls")),
    path("", include("clubs.urls")),
    path("", include("movement.urls")),
    path("", include("content.urls")),
    re_path(
        r"^media/(?P<path>(?:images|original_images|avatar_images|covers)/.*)$",
        media,
        name="media",
    ),
    re_path(wagtail_urls.serve_pattern, page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]

handler400 = "ui.views.bad_request"
handler403 = "ui.views.permission_denied"
handler404 = "ui.views.page_not_found"
handler500 = "ui.views.server_error"
