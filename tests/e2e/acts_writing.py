"""Act 2: an author writes in the CMS, an editor publishes, and whoever subscribed hears of it, until they say stop."""

import re
from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.sink import link_in
from tests.e2e.walk import Walk, fetch

AUTHOR, EDITOR = "saoirse.pettibone@tarebridge.example", "tobias.wendelin@tarebridge.example"
STANDFIRST = "Two questions at a counter, and a form that lost nine fields."
PULL = "Nobody had ever asked the people who fill it in."
RESOURCE = "A one-page guide to shorter forms"
SHOWS = "A circle that rests on a line"


def an_author_writes(walk: Walk) -> None:
    """From an empty form to a draft that waits for an editor; no reader sees it."""
    title = walk.found["title"] = f"The form that lost nine fields {walk.tag}"
    page = walk.sign_in(AUTHOR)
    page.goto("/cms/pages/")
    page.get_by_role("link", name="Add child page").first.click()
    page.get_by_role("textbox", name="Title").fill(title)
    page.get_by_role("textbox", name="Standfirst").fill(STANDFIRST)
    write_the_body(page, walk)
    page.get_by_role("checkbox", name="Saoirse Pettibone").check()
    page.get_by_role("checkbox", name="Listening").check()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text(re.compile("created|has been updated"))).to_be_visible()
    look_at_the_preview(page, title)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Submit to an editor").click()
    expect(page.get_by_text("submitted for moderation")).to_be_visible()
    assert title not in fetch(f"{walk.site.url}/articles/")[1]
    page.context.close()


def write_the_body(page: Page, walk: Walk) -> None:
    body = page.get_by_role("region", name="Body", exact=True)
    insert(page, "Text")
    body.get_by_role("region", name="Text").get_by_role("textbox").click()
    page.keyboard.type("We sat beside a colleague who fills in the form every day. ")
    page.keyboard.press("Control+B")
    page.keyboard.type("It took one morning.")
    insert(page, "Pull quote")
    body.get_by_role("region", name="Pull quote").get_by_role("textbox").fill(PULL)
    insert(page, "Picture")
    upload_a_picture(page, walk)
    body.get_by_role("textbox", name="What it shows").fill(SHOWS)
    insert(page, "To go further")
    body.get_by_role("textbox", name="Title").fill(RESOURCE)
    body.get_by_role("textbox", name="What it is good for").fill("Beginning on a Monday.")


def insert(page: Page, block: str) -> None:
    """A block of this name at the end of the body."""
    page.get_by_role("region", name="Body", exact=True).get_by_role("button", name="Insert a block").last.click()
    choice = page.get_by_role("option", name=block, exact=True)
    choice.click()
    expect(choice).to_be_hidden()


def upload_a_picture(page: Page, walk: Walk) -> None:
    page.get_by_role("region", name="Body", exact=True).get_by_role("button", name="Choose an image").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Upload").click()
    dialog.locator("input[type=file]").set_input_files(a_picture(walk.tag))
    dialog.get_by_role("textbox", name="Title").fill(f"Circle {walk.tag}")
    dialog.get_by_role("button", name="Upload").click()
    expect(dialog).to_be_hidden()


def a_picture(tag: str) -> FilePayload:
    """Of a colour of its own: the CMS asks about a picture that it has already."""
    drawn, kept = Image.new("RGB", (900, 600), "#f4efe6"), BytesIO()
    ImageDraw.Draw(drawn).ellipse((300, 150, 600, 450), fill=f"#{tag}")
    drawn.save(kept, "PNG")
    return {"name": "circle.png", "mimeType": "image/png", "buffer": kept.getvalue()}


def look_at_the_preview(page: Page, title: str) -> None:
    with page.expect_popup() as opening:
        page.get_by_role("button", name="Toggle preview").click()
        page.get_by_role("link", name="Preview in new tab").click()
    preview = opening.value
    expect(preview.get_by_role("heading", level=1)).to_have_text(title)
    expect(preview.get_by_role("complementary", name="Pull quote")).to_contain_text(PULL)
    preview.close()


def an_editor_publishes(walk: Walk) -> None:
    page, title = walk.sign_in(EDITOR), walk.found["title"]
    page.goto("/cms/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Approve and publish", exact=False).first.click()
    page.get_by_role("button", name="Publish, and send it to").click()
    expect(page.get_by_text("It is out, and the mails are being written.")).to_be_visible()
    page.goto("/articles/")
    expect(page.get_by_role("link", name=title)).to_be_visible()
    page.context.close()


def the_subscriber_reads_it(walk: Walk) -> None:
    """By the mail: what stands there is what was written."""
    mail = walk.site.sink.wait_for(walk.address_of("rosalind.meadows"), walk.found["title"])
    page = walk.newcomer()
    page.goto(link_in(mail, "/articles/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(walk.found["title"])
    expect(page.locator(".prose strong, .prose b").first).to_have_text("It took one morning.")
    expect(page.get_by_role("complementary", name="Pull quote")).to_contain_text(PULL)
    picture = page.get_by_role("img", name=SHOWS)
    picture.scroll_into_view_if_needed()
    page.wait_for_function("seen => seen.complete && seen.naturalWidth > 0", arg=picture.element_handle())
    expect(page.get_by_text(RESOURCE)).to_be_visible()
    expect(page.get_by_role("link", name="Listening").first).to_be_visible()
    page.context.close()


def and_stops_the_letters(walk: Walk) -> None:
    """As a mail program does (RFC 8058): a POST without a cookie. Following the link alone stops nothing."""
    mail = walk.site.sink.wait_for(walk.address_of("rosalind.meadows"), walk.found["title"])
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(mail["List-Unsubscribe"]).strip(" <>")
    assert [("Stop them" in fetch(address)[1]) for _time in range(2)] == [True, True]
    status, said = fetch(address, "POST", b"List-Unsubscribe=One-Click")
    assert (status, "Done. No more of these." in said) == (200, True)
    assert "These mails have stopped already" in fetch(address)[1]
