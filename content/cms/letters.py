"""Mails of the way from author to editor: asked to read, published, asked to change.

They stand in Wagtail's own places (the same `dispatch_uid`), so its mails are not sent beside them; what a person has
chosen under "Notifications" in their CMS account holds for ours.
"""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import mail
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from accounts.models import User
from accounts.roles import EDITORS, STEWARDS, is_author, is_editor
from postbox import kinds, links
from postbox.services import send_mail

ASKED, ANSWERED = "review_asked", "review_answered"


class ByPostbox:
    """Wagtail decides who gets it, the postbox writes it."""

    kind, template = ANSWERED, ""

    def send_notifications(self, _templates: Any, context: dict[str, Any], recipients: set[User], **_more: Any) -> bool:
        page, state = context["page"], context["state"]
        edit = links.absolute(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        known = {
            "title": page.get_latest_revision_as_object().title,
            "edit_url": edit,
            "link": links.absolute(page.get_absolute_url()) if page.live and not page.specific.is_letter else edit,
            "page": page,
            "comment": context.get("comment", ""),
            "by": context["by"],
        }
        for user in sorted(recipients, key=lambda user: user.pk):
            event = f"review:{state.pk}:{self.template}"
            send_mail(kind=self.kind, to=user.email, event=event, template=self.template, context=known, user=user)
        return True


class ReviewAsked(ByPostbox, mail.GroupApprovalTaskStateSubmissionEmailNotifier):
    """To the editors; where there is none, to the stewards. Never to whoever submitted it."""

    kind, template = ASKED, "review_asked"

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> QuerySet[User]:
        people = User.objects.filter(groups__name=EDITORS)
        people = people if people.exists() else User.objects.filter(groups__name=STEWARDS)
        submitted_by: User | None = kwargs.get("user")
        return (people.exclude(pk=submitted_by.pk) if submitted_by else people).distinct()

    def get_context(self, task_state: TaskState, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(task_state, **kwargs) | {"state": task_state, "by": kwargs.get("user")}


class Answered(ByPostbox, mail.BaseWorkflowStateEmailNotifier):
    """To who submitted it and whose page it is; not to who answers."""

    def get_recipient_users(self, workflow_state: WorkflowState, **kwargs: Any) -> set[User]:
        concerned = {workflow_state.requested_by, workflow_state.content_object.owner}
        return concerned - {kwargs.get("user"), None}

    def get_context(self, workflow_state: WorkflowState, **kwargs: Any) -> dict[str, Any]:
        state = workflow_state.current_task_state.specific
        told = {"state": state, "comment": state.get_comment(), "by": kwargs.get("user")}
        return super().get_context(workflow_state, **kwargs) | told


class Approved(Answered):
    notification, template = "approved", "review_approved"


class ChangesWanted(Answered):
    notification, template = "rejected", "review_changes"


def still_waits(user: User | None, event: str) -> bool:
    """Nobody is asked to read what was answered or taken back in the meantime."""
    waiting = TaskState.objects.filter(pk=int(event.split(":")[1]), status=TaskState.STATUS_IN_PROGRESS)
    return user is not None and is_editor(user) and waiting.exists()


def still_writes(user: User | None, _event: str) -> bool:
    return user is not None and is_author(user)


def take_wagtails_places() -> None:
    """Call in a `ready()` that runs before Wagtail's: the first receiver of a `dispatch_uid` stays."""
    task_submitted.connect(
        ReviewAsked(), sender=TaskState, weak=False, dispatch_uid="group_approval_task_submitted_email_notification"
    )
    for signal, letter, answer in (
        (workflow_approved, Approved(), "approved"),
        (workflow_rejected, ChangesWanted(), "rejected"),
    ):
        place = f"workflow_state_{answer}_email_notification"
        signal.connect(letter, sender=WorkflowState, weak=False, dispatch_uid=place)
    for name, label, wanted in (
        (ASKED, _("A draft waits for an editor"), still_waits),
        (ANSWERED, _("An editor has read my draft"), still_writes),
    ):
        # Turned off in the CMS's own account page, beside its other notifications.
        kinds.register(kinds.Kind(name=name, label=label, still_wanted=wanted, in_preferences=False))
