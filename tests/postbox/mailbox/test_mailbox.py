"""Mails of a trial, kept in a folder and readable there: nowhere else."""

import pytest
from django.core.mail import EmailMultiAlternatives

from postbox.folder import FolderBackend

pytestmark = pytest.mark.django_db


@pytest.fixture
def mails(settings, tmp_path):
    """Two mails in the folder, Ada's first."""
    settings.MAIL_FOLDER = tmp_path / "mails"
    for name in ("Ada", "Basil"):
        mail = EmailMultiAlternatives(
            f"To {name}", "Open http://groundswell.example/confirm/1/", to=[f"{name}@larkfield.example"]
        )
        mail.attach_alternative("<p style='color: red'>Hello <script>alert(1)</script></p>", "text/html")
        FolderBackend().send_messages([mail])
    return sorted(path.name for path in settings.MAIL_FOLDER.iterdir())


def test_the_newest_stands_first(client, mails):
    page = client.get("/mails/").text
    assert 0 < page.index("To Basil") < page.index("To Ada")


def test_links_of_a_mail_can_be_followed(client, mails):
    page = client.get(f"/mails/{mails[0]}/").text
    assert '<a href="http://groundswell.example/confirm/1/"' in page
    assert "<script>alert(1)" not in page


def test_the_looks_of_a_mail_stand_in_a_sandbox(client, mails):
    response = client.get(f"/mails/{mails[0]}/page/")
    assert "color: red" in response.text
    assert response["Content-Security-Policy"].startswith("sandbox ")
    assert "allow-scripts" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["..", "none.eml", ".hidden.eml", "..%2F..%2Fpyproject.toml", "x" * 300, "*"])
def test_no_name_leads_out_of_the_folder(client, mails, name):
    assert client.get(f"/mails/{name}/").status_code == 404


def test_an_empty_folder_is_a_page_too(client, settings, tmp_path):
    settings.MAIL_FOLDER = tmp_path / "nothing"
    assert client.get("/mails/").status_code == 200


@pytest.mark.parametrize("changes", [{"MAIL_FOLDER": None}, {"LOCAL": False}])
def test_on_a_real_site_there_is_no_mailbox(client, settings, mails, changes):
    for name, value in changes.items():
        setattr(settings, name, value)
    assert [client.get(f"/mails/{rest}").status_code for rest in ("", f"{mails[0]}/", f"{mails[0]}/page/")] == [404] * 3
