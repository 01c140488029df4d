"""Personal data in the models of this floor and of the libraries below it (design rule 11)."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from wagtail.images import get_image_model

from accounts.models import User
from accounts.personal_data import declarations, declare, delete_rows, kept_without_name, nothing_to_export, rows

#: Wagtail's own rows that point at a person. Their work stays; the database blanks the name (or drops the row).
WAGTAIL = (
    "wagtailcore.Page",
    "wagtailcore.PageLogEntry",
    "wagtailcore.ModelLogEntry",
    "wagtailcore.Revision",
    "wagtailcore.WorkflowState",
    "wagtailcore.TaskState",
    "wagtailcore.Comment",
    "wagtailcore.CommentReply",
    "wagtailcore.PageSubscription",
    "wagtailcore.UploadedFile",
    "wagtailcore.APIToken",
    "wagtailadmin.FormState",
    "wagtailadmin.EditingSession",
    "wagtailimages.Image",
    "wagtailimages.UploadedImage",
    "wagtaildocs.Document",
    "wagtailusers.UserProfile",
    "wagtailforms.FormSubmission",
)


def declare_own_data() -> None:
    """From `AccountsConfig.ready()`: after the higher floors, so that erasing goes from the top down."""
    declare(
        EmailAddress,
        export=rows(EmailAddress, "user", "email", "verified", "primary"),
        erase=delete_rows(EmailAddress, "user"),
    )
    declare(
        SocialAccount,
        export=rows(SocialAccount, "user", "provider", "date_joined", "last_login"),
        erase=delete_rows(SocialAccount, "user"),
    )
    declare(
        Authenticator,
        export=rows(Authenticator, "user", "type", "created_at", "last_used_at"),
        erase=delete_rows(Authenticator, "user"),
    )
    declare(
        UserSession,
        export=rows(UserSession, "user", "ip", "user_agent", "created_at", "last_seen_at"),
        erase=delete_rows(UserSession, "user"),
    )
    declare(
        User,
        export=rows(User, "pk", "email", "name", "timezone", "date_joined", "last_login"),
        erase=kept_without_name,
    )
    known = {declared.model for declared in declarations()}
    models = [get_image_model(), *(apps.get_model(label) for label in WAGTAIL if _installed(label))]
    for model in models:
        if model not in known:
            declare(model, export=nothing_to_export, erase=kept_without_name)


def _installed(label: str) -> bool:
    app, model = label.split(".")
    return apps.is_installed(apps.get_app_config(app).name) and model.lower() in apps.all_models[app]
