"""Personal data in the models of this floor and of the libraries below it (design rule 11)."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db.models.fields.files import FieldFile
from wagtail.images import get_image_model
from wagtail.users.models import UserProfile

from accounts.models import Leaving, Parcel, User
from accounts.personal_data import (
    declarations,
    declare,
    delete_rows,
    kept_without_name,
    nothing_to_export,
    remove_file,
    rows,
)

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
    declare(Parcel, export=nothing_to_export, erase=_remove_parcels)
    declare(Leaving, export=rows(Leaving, "user", "asked_at", "due_at"), erase=delete_rows(Leaving, "user"))
    declare(
        UserProfile,
        export=rows(UserProfile, "user", "preferred_language", "current_time_zone", "theme", "density"),
        erase=_erase_profile,
        files=_face_in_the_cms,
    )
    declare(
        User,
        export=rows(User, "pk", "email", "name", "timezone", "date_joined", "last_login"),
        erase=kept_without_name,
    )
    known = {declared.model for declared in declarations()}
    pictures = get_image_model()
    declare(pictures, export=rows(pictures, "uploaded_by_user", "title"), erase=kept_without_name, files=_pictures)
    known.add(pictures)
    models = [apps.get_model(label) for label in WAGTAIL if _installed(label)]
    for model in models:
        if model not in known:
            declare(model, export=nothing_to_export, erase=kept_without_name)


def _installed(label: str) -> bool:
    app, model = label.split(".")
    return apps.is_installed(apps.get_app_config(app).name) and model.lower() in apps.all_models[app]


def _remove_parcels(user: User) -> None:
    for parcel in Parcel.objects.filter(user=user):
        remove_file(parcel.file)
        parcel.delete()


def _face_in_the_cms(user: User) -> Iterator[tuple[str, FieldFile]]:
    for profile in UserProfile.objects.filter(user=user).exclude(avatar=""):
        yield profile.avatar.name, profile.avatar


def _erase_profile(user: User) -> None:
    for profile in UserProfile.objects.filter(user=user):
        remove_file(profile.avatar)
        profile.delete()


def _pictures(user: User) -> Iterator[tuple[str, FieldFile]]:
    for picture in get_image_model().objects.filter(uploaded_by_user=user).iterator():
        yield picture.file.name, picture.file
