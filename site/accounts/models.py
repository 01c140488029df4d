"""People who can sign in. What an ally shows of themselves lives in `movement.allies`, never here."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models.functions import Lower
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.policy import Mode, SignupPolicy

__all__ = ["Leaving", "Limit", "Mode", "Parcel", "SignupPolicy", "User", "UserManager"]


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person with this address, folded to lower case (one person per address, whatever its capitals)."""
        if not email:
            raise ValueError("An e-mail address is the login: it cannot be empty.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True} | fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # Wagtail's own relations
    """A login. `name` is what the CMS shows to fellow authors; the movement's pages never read it."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name, verbose_name_plural = _("person"), _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """Never the address: nothing derived from it is shown (design rule 6)."""
        return self.name or str(_("Somebody without a name"))

    def get_short_name(self) -> str:
        return self.get_full_name()


class Limit(models.Model):
    """How often something was done in one window of time; `accounts.limits` alone reads and writes it."""

    scope = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    until = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key", "until"], name="one_count_per_window")]


def where_nobody_looks() -> Storage:
    return storages["private"]


class Parcel(models.Model):
    """All that is somebody's in one file, for a day; `accounts.packing` alone makes and removes it.

    `file` is no media: it lies where no web server looks, and only its owner is given it.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="parcels")
    asked_at = models.DateTimeField(default=now)
    file = models.FileField(storage=where_nobody_looks, upload_to="parcels", blank=True)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(until=None), name="one_parcel_in_the_making")
        ]


class Leaving(models.Model):
    """Somebody has asked to be erased: the account is closed already, and there is time to come back until `due_at`.

    `wishes` names what they asked for besides (`personal_data.Wish`).
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="leaving")
    asked_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField(db_index=True)
    wishes = models.JSONField(default=list)
