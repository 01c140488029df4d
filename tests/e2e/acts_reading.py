"""Act 1: somebody without a login reads, comments by name and e-mail, and subscribes."""

from playwright.sync_api import Page, expect

from tests.e2e.walk import A_BREATH, Walk, fetch, link_in, others_read

EDITOR = "tobias.wendelin@tarebridge.example"


def a_reader_reads(walk: Walk) -> Page:
    """Home, the primer's four chapters, an article; the reader's page stays on the article."""
    page = walk.newcomer()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    chapters = page.locator("ol.chapters h3 a")
    expect(chapters).to_have_count(4)
    names = chapters.all_inner_texts()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Primer").click()
    listed = page.get_by_role("main").get_by_role("listitem").get_by_role("link")
    expect(listed).to_have_text(names)
    for name in names:
        page.goto("/primer/")
        page.get_by_role("listitem").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        expect(page.get_by_role("complementary", name="Pull quote").first).to_be_visible()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Articles").click()
    page.get_by_role("article").first.get_by_role("link").first.click()
    walk.found["article"] = page.url
    expect(page.get_by_role("link", name="Add a comment")).to_be_visible()
    return page


def they_comment(walk: Walk, page: Page) -> None:
    """The form loads in place; what they wrote stands for others only after the button behind the mail's link."""
    opened_at, says = page.url, f"I pinned the third paragraph above kettle {walk.tag}."
    page.get_by_role("link", name="Add a comment").click()
    expect(page.get_by_role("button", name="Send comment")).to_be_visible()
    assert page.url == opened_at
    page.get_by_role("textbox", name="Your comment").fill(says)
    page.get_by_role("textbox", name="Name").fill("Rosalind Meadows")
    page.get_by_role("textbox", name="E-mail").fill(walk.address_of("rosalind.meadows"))
    page.wait_for_timeout(A_BREATH)
    page.get_by_role("button", name="Send comment").click()
    expect(page.get_by_role("status", name="Your comment")).to_contain_text("waits for you")
    link = link_in(walk.site.sink.wait_for(walk.address_of("rosalind.meadows")), "/comments/confirm/")
    assert says in fetch(link)[1]
    assert says not in fetch(opened_at)[1], "a GET of the mail's link let the comment stand"
    page.goto(link)
    page.get_by_role("button", name="Yes, post my comment").click()
    expect(page.get_by_role("status", name="Your comment")).to_contain_text("waits for an editor")
    assert says not in fetch(opened_at)[1], "the first comment of an address stood before an editor had seen it"
    an_editor_lets_it_stand(walk, says)
    assert others_read(says, opened_at)
    walk.open_mail(page, walk.address_of("rosalind.meadows"), "stands", "#comment-")
    expect(page.locator(".thread")).to_contain_text(says)


def an_editor_lets_it_stand(walk: Walk, says: str) -> None:
    page = walk.sign_in(EDITOR)
    page.goto("/cms/comments/")
    page.get_by_role("row").filter(has_text=says).get_by_role("checkbox").check()
    page.get_by_role("button", name="Let them stand").click()
    expect(page.get_by_text("1 comment decided.")).to_be_visible()
    page.context.close()


def they_subscribe(walk: Walk, page: Page) -> None:
    page.goto(walk.found["article"])
    page.get_by_role("link", name="Subscribe by e-mail").click()
    page.get_by_role("textbox", name="Your e-mail address").fill(walk.address_of("rosalind.meadows"))
    page.get_by_role("button", name="Subscribe", exact=True).click()
    expect(page.get_by_text("Nearly there.")).to_be_visible()
    link = link_in(
        walk.site.sink.wait_for(walk.address_of("rosalind.meadows"), "new articles"), "/subscriptions/confirm/"
    )
    fetch(link)
    page.goto(link)
    expect(page.get_by_role("heading", name="One button, and the letters come")).to_be_visible()
    page.get_by_role("button", name="Yes, send me these").click()
    expect(page.get_by_role("heading", name="You are subscribed")).to_be_visible()
    page.context.close()
