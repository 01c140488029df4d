"""Who may do what with pages, pictures and lists in the CMS."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from accounts.roles import AUTHORS, EDITORS, STEWARDS, ensure_roles
from content.links.models import LinkCheck
from content.pages.articles import ArticleIndexPage
from content.pages.sorting import AnnouncedPart, Author, Series, Tag, Topic
from content.settings import OrganisationSettings

#: Adding lets a person edit what is theirs; nothing else of Wagtail's rights does that.
PAGES = {
    EDITORS: ("add", "change", "publish", "lock", "unlock"),
    STEWARDS: ("add", "change", "publish", "lock", "unlock"),
}
LISTS = (Topic, Tag, Author, Series, AnnouncedPart, Redirect)


def grant_page_rights(home: Page) -> None:
    """Idempotent: authors add below the articles, editors and stewards do everything from the home page down."""
    groups = ensure_roles()
    _put_away_wagtails_own()
    for role, actions in PAGES.items():
        for action in actions:
            _on_page(groups[role], home, action)
    if articles := ArticleIndexPage.objects.first():
        _on_page(groups[AUTHORS], articles, "add")
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for group in groups.values():
        for action in ("add", "choose"):
            _on_pictures(group, root, action)
    for role in (EDITORS, STEWARDS):
        _on_pictures(groups[role], root, "change")
        groups[role].permissions.add(*_rights_on(*LISTS), *_rights_on(OrganisationSettings, actions=("change",)))
        groups[role].permissions.add(*_rights_on(LinkCheck, actions=("view",)))
    _let_editors_approve(home, groups[EDITORS], groups[STEWARDS])


def _put_away_wagtails_own() -> None:
    """What every new Wagtail comes with, and nobody here belongs to: two groups and their way to publish."""
    Group.objects.filter(name__in=("Moderators", "Editors"), user=None).delete()
    if not Group.objects.filter(name="Moderators").exists():
        Workflow.objects.filter(name="Moderators approval").delete()
        GroupApprovalTask.objects.filter(name="Moderators approval", groups=None).delete()


def _on_page(group: Group, page: Page, action: str) -> None:
    right = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{action}_page")
    GroupPagePermission.objects.get_or_create(group=group, page=page, permission=right)


def _on_pictures(group: Group, collection: Collection, action: str) -> None:
    # Wagtail asks for the rights on its own model, whichever model the pictures are.
    right = Permission.objects.get(content_type__app_label="wagtailimages", codename=f"{action}_image")
    GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=right)


def _rights_on(
    *models: type[Model], actions: tuple[str, ...] = ("add", "change", "delete", "view")
) -> list[Permission]:
    wanted = [
        (ContentType.objects.get_for_model(model), f"{action}_{model._meta.model_name}")
        for model in models
        for action in actions
    ]
    return [
        right for kind, codename in wanted for right in Permission.objects.filter(content_type=kind, codename=codename)
    ]


def _let_editors_approve(home: Page, *groups: Group) -> None:
    """One workflow: what an author submits waits for any editor. Its name ends the button: “Submit to an editor”."""
    task, _made = GroupApprovalTask.objects.get_or_create(name="An editor reads it")
    task.groups.add(*groups)
    workflow, _made = Workflow.objects.get_or_create(name="an editor")
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
