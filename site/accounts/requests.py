"""The request of somebody who has signed in."""

from django.http import HttpRequest

from accounts.models import User


class PersonRequest(HttpRequest):
    """What a view behind `login_required` gets."""

    user: User
