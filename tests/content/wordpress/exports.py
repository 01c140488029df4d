# ruff: noqa: E501
"""Small WordPress exports, written by hand for the tests."""

from pathlib import Path
from xml.sax.saxutils import escape

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
  xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/{version}/">
<channel>
<title>Ferry notes</title><link>https://ferry.example</link>
<wp:wxr_version>{version}</wp:wxr_version>
<wp:base_site_url>https://ferry.example</wp:base_site_url><wp:base_blog_url>https://ferry.example</wp:base_blog_url>
<wp:author><wp:author_id>4</wp:author_id><wp:author_login>iris</wp:author_login>
<wp:author_email>iris@ferry.example</wp:author_email><wp:author_display_name><![CDATA[Iris Calloway]]></wp:author_display_name>
</wp:author>
<wp:category><wp:category_nicename>the-quay</wp:category_nicename><wp:cat_name><![CDATA[The quay &amp; the shed]]></wp:cat_name>
<wp:category_description><![CDATA[Where people wait.]]></wp:category_description></wp:category>
"""
FOOT = "</channel></rss>\n"


def cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def post(number: int = 1, title: str = "The last boat", content: str = "It left on time.", **given) -> str:
    fields = {
        "post_type": "post",
        "status": "publish",
        "post_name": title.lower().replace(" ", "-"),
        "post_date_gmt": "2021-03-04 05:06:07",
        "post_modified_gmt": "2021-04-05 06:07:08",
        "post_parent": "0",
    }
    fields |= {
        name: value
        for name, value in given.items()
        if name in {*fields, "post_password", "attachment_url", "post_date"}
    }
    link = given.get("link", f"https://ferry.example/2021/03/{fields['post_name']}/")
    return "".join(
        [
            f"<item><title>{cdata(title)}</title><link>{escape(link)}</link>",
            f"<dc:creator>{cdata(given.get('creator', 'iris'))}</dc:creator>",
            f"<content:encoded>{cdata(content)}</content:encoded>",
            f"<excerpt:encoded>{cdata(given.get('excerpt', ''))}</excerpt:encoded><wp:post_id>{number}</wp:post_id>",
            *(f"<wp:{name}>{cdata(value)}</wp:{name}>" for name, value in fields.items()),
            *(f'<category domain="{d}" nicename="{n}">{cdata(t)}</category>' for d, n, t in given.get("terms", ())),
            *(meta(key, value) for key, value in given.get("meta", {}).items()),
            *given.get("comments", ()),
            "</item>\n",
        ]
    )


def meta(key: str, value: str) -> str:
    return f"<wp:postmeta><wp:meta_key>{cdata(key)}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"


def attachment(number: int, file: str, *, alt: str = "", caption: str = "") -> str:
    return post(
        number,
        Path(file).stem,
        "",
        post_type="attachment",
        status="inherit",
        excerpt=caption,
        attachment_url=f"https://ferry.example/wp-content/uploads/{file}",
        meta={"_wp_attached_file": file, "_wp_attachment_image_alt": alt},
    )


def comment(number: int, text: str = "So did I.", *, parent: int = 0, **given) -> str:
    fields = {
        "comment_id": str(number),
        "comment_author": given.get("name", "Rowan Pike"),
        "comment_author_email": given.get("email", "rowan@reader.example"),
        "comment_author_IP": "203.0.113.9",
        "comment_date_gmt": given.get("date", f"2021-03-05 10:{number % 60:02}:00"),
        "comment_content": text,
        "comment_approved": given.get("status", "1"),
        "comment_type": given.get("kind", "comment"),
        "comment_parent": str(parent),
        "comment_user_id": str(given.get("user", 0)),
    }
    return (
        "<wp:comment>"
        + "".join(f"<wp:{name}>{cdata(value)}</wp:{name}>" for name, value in fields.items())
        + "</wp:comment>"
    )


def export(folder: Path, *items: str, version: str = "1.2", name: str = "export.xml") -> Path:
    file = folder / name
    file.write_text(HEAD.format(version=version) + "".join(items) + FOOT, encoding="utf-8")
    return file
