"""/healthz: whether the database answers, and how long work has been waiting."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max
from post_office.models import STATUS, Email

from postbox import health
from postbox.queue import SUCCESSFUL

WELL = {"database": "ok", "queue": "ok", "queue_waiting": None, "mail": "ok", "mail_waiting": None}


def ago(minutes: float) -> datetime:
    return timezone.now() - timedelta(minutes=minutes)


def keep_waiting(minutes: float, **fields: Any) -> None:
    Email(from_email="a@larkfield.example", to=["b@larkfield.example"], status=STATUS.queued).save()
    Email.objects.update(created=ago(minutes), **fields)


def keep_task_waiting(minutes: float, **fields: Any) -> None:
    row = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="x.y", run_after=get_date_max(), backend_name="default"
    )
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=ago(minutes), **fields)


@pytest.mark.django_db
def test_a_well_site_says_so_without_a_cookie():
    client = Client()
    response = client.get("/healthz")
    assert (response.status_code, response.json(), dict(client.cookies)) == (200, WELL, {})


@pytest.mark.django_db
def test_it_answers_by_whatever_name_it_is_asked(settings):
    settings.ALLOWED_HOSTS = ["groundswell.example"]
    assert [Client(HTTP_HOST=host).get("/healthz").status_code for host in ("10.0.0.5:8000", "not a host!", "")] == [
        200
    ] * 3


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "status", "word"), [(29, 200, "ok"), (31, 503, "late")])
def test_mails_that_wait_too_long_are_reported(minutes, status, word):
    keep_waiting(minutes)
    response = Client().get("/healthz")
    assert (response.status_code, response.json()["mail"]) == (status, word)
    assert minutes * 60 <= response.json()["mail_waiting"] < minutes * 60 + 30


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"scheduled_time": ago(-10)},
        {"scheduled_time": ago(10)},
        {"scheduled_time": ago(40), "status": STATUS.requeued, "number_of_retries": 1},
        {"status": STATUS.sent},
    ],
    ids=["to be sent later", "due for ten minutes", "put off by its server", "sent"],
)
def test_a_mail_that_waits_rightly_is_not_late(fields):
    keep_waiting(60, **fields)
    response = Client().get("/healthz")
    assert (response.status_code, response.json()["mail"]) == (200, "ok")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 503),
        ({"run_after": ago(40)}, 503),
        ({"run_after": ago(-10)}, 200),
        ({"run_after": ago(10)}, 200),
        ({"started_at": ago(50)}, 200),
        ({"status": SUCCESSFUL}, 200),
    ],
)
def test_a_task_is_late_when_it_is_due_and_was_never_begun(fields, status):
    keep_task_waiting(60, **fields)
    assert Client().get("/healthz").status_code == status


@pytest.mark.django_db
def test_it_asks_three_questions(django_assert_num_queries):
    with django_assert_num_queries(3):
        Client().get("/healthz")


def test_a_database_that_does_not_answer_is_503(monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(health.connection, "cursor", broken)
    response = Client().get("/healthz")
    assert (response.status_code, response.json()["database"]) == (503, "unreachable")


@pytest.mark.django_db
def test_it_is_only_for_looking():
    assert Client().post("/healthz").status_code == 405
