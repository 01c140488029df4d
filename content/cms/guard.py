"""What of Wagtail's admin somebody who only writes can open. Whatever is not named here is 404 for them.

Wagtail asks for rights view by view, and some views (choosers, usage, reports, bulk actions) show titles before they
ask. So for authors the rule is turned round: an address about one page is theirs to open when the page is; one about
the pages below a page, when that page is on their desk; and of the rest just what writing needs.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page

from content.cms.policy import on_the_desk_of, only_writes

GetResponse = Callable[[HttpRequest], HttpResponse]
#: How Wagtail's addresses name a page, and a page whose children they are about.
A_PAGE, A_PARENT = ("page_id", "page_to_move_id", "pk"), ("parent_page_id", "destination_id")
NEEDED_TO_WRITE = {
    "wagtailadmin_home",
    "wagtailadmin_account",
    "wagtailadmin_logout",
    "wagtailadmin_login",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_dismissibles",
    "wagtailadmin_block_preview",
    "wagtailadmin_explore_root",
    "wagtailadmin_pages:search",
    "wagtailadmin_pages:search_results",
    "wagtailadmin_api:pages:listing",
    "wagtailadmin_api:pages:detail",
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_choose_page_anchor_link",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release",
    "wagtailimages:index",
    "wagtailimages:index_results",
    "wagtailimages:edit",
    "wagtailimages:delete",
    "wagtailimages:preview",
    "wagtailimages:add",
    "wagtailimages:add_multiple",
    "wagtailimages:edit_multiple",
    "wagtailimages:create_multiple_from_uploaded_image",
    "wagtailimages:delete_multiple",
    "wagtailimages:delete_upload_multiple",
    "wagtailimages_chooser:choose",
    "wagtailimages_chooser:choose_results",
    "wagtailimages_chooser:chosen",
    "wagtailimages_chooser:create",
}
#: About one page: these, on a page of their own.
ON_A_PAGE = "wagtailadmin_pages:"
#: About the pages below one.
BELOW_A_PAGE = {
    "wagtailadmin_explore",
    "wagtailadmin_explore_results",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_pages:add",
    "wagtailadmin_pages:add_subpage",
    "wagtailadmin_pages:preview_on_add",
}


class DeskMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]) -> None:
        if not request.path.startswith("/cms/") or not request.user.is_authenticated or not only_writes(request.user):
            return
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name == "wagtail_bulk_action":
            allowed = all_theirs(request.user, request.GET.getlist("id"), kwargs.get("model_name", ""))
        else:
            allowed = not name.startswith("wagtail") or may_open(request.user, name, kwargs)
        if not allowed:
            raise Http404


def all_theirs(user: Any, ids: list[str], model_name: str) -> bool:
    """A choice in a list of pages: Wagtail would name those that it then refuses."""
    if model_name == "picture":
        return True
    numbers = {int(number) for number in ids if number.isascii() and number.isdigit() and len(number) < 19}
    return len(numbers) == len(ids) > 0 and Page.objects.filter(owner=user, pk__in=numbers).count() == len(ids)


def may_open(user: Any, name: str, kwargs: dict[str, Any]) -> bool:
    if name in NEEDED_TO_WRITE:
        return True
    about = {key: kwargs[key] for key in (*A_PAGE, *A_PARENT) if key in kwargs}
    if not about or not (name in BELOW_A_PAGE or name.startswith(ON_A_PAGE)):
        return False
    pages = Page.objects.filter(on_the_desk_of(user))
    return all(
        (pages if key in A_PARENT else Page.objects.filter(owner=user)).filter(pk=number).exists()
        for key, number in about.items()
    )
