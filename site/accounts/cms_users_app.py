"""Wagtail's way of giving the CMS another form for its people: its own app, configured anew."""

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    user_viewset = "accounts.cms_users.PeopleViewSet"
