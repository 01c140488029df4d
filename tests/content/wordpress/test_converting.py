# ruff: noqa: E501
"""WordPress's ways of writing, and the blocks they become."""

import pytest

from content.wordpress.converting import Surroundings, blocks_of


def converted(content: str) -> tuple[list[tuple[str, object]], list[str]]:
    notes: list[str] = []
    around = Surroundings(
        picture=lambda number, _address: (number, "", "") if number else None,
        link=lambda address: address,
        note=notes.append,
    )
    return [(block["type"], block["value"]) for block in blocks_of(content, around)], notes


def text_of(content: str) -> object:
    (block,) = converted(content)[0]
    return block[1]


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("One\ntwo\n\nthree", "<p>One<br/>two</p><p>three</p>"),
        (
            "<h2>Head</h2>\nwords\n<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\nend",
            "<h2>Head</h2><p>words</p><ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><p>end</p>",
        ),
        ("a <em>b</em> <strong>c</strong> <span style='x'>d</span>", "<p>a <i>b</i> <b>c</b> d</p>"),
        ("5 &lt; 6 &amp; 7 &nbsp; é", "<p>5 &lt; 6 &amp; 7 \xa0 é</p>"),
        ("one<!--more-->\n\ntwo<!--nextpage-->", "<p>one</p><p>two</p>"),
        ("[sic] and [1] stay", "<p>[sic] and [1] stay</p>"),
        (
            "[embed]https://video.example/1[/embed]",
            '<p><a href="https://video.example/1">https://video.example/1</a></p>',
        ),
        (
            '[audio src="https://a.example/x.mp3"]',
            '<p><a href="https://a.example/x.mp3">https://a.example/x.mp3</a></p>',
        ),
    ],
)
def test_the_old_editor(content: str, html: str):
    assert text_of(content) == html


@pytest.mark.parametrize(
    ("content", "blocks"),
    [
        (
            "<!-- wp:paragraph -->\n<p>One</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:separator -->\n<hr class='x'/>\n<!-- /wp:separator -->",
            [("text", "<p>One</p><hr/>")],
        ),
        (
            '<!-- wp:heading {"level":4} --><h4 class="wp-block-heading">Small</h4><!-- /wp:heading -->',
            [("text", "<h3>Small</h3>")],
        ),
        (
            "<!-- wp:quote --><blockquote class='wp-block-quote'><!-- wp:paragraph --><p>Said</p><!-- /wp:paragraph --><cite>Her</cite>"
            "</blockquote><!-- /wp:quote -->",
            [("quote", {"text": "Said", "source": "Her"})],
        ),
        (
            "<!-- wp:pullquote --><figure class='wp-block-pullquote'><blockquote><p>Large</p></blockquote></figure><!-- /wp:pullquote -->",
            [("pull", "Large")],
        ),
        (
            '<!-- wp:image {"id":7} --><figure class="wp-block-image"><img src="x" alt="A quay" class="wp-image-7"/>'
            "<figcaption>At six</figcaption></figure><!-- /wp:image -->",
            [("picture", {"image": 7, "alt": "A quay", "caption": "At six"})],
        ),
        (
            '<!-- wp:gallery --><figure class="wp-block-gallery"><!-- wp:image --><figure><img class="wp-image-7" alt="a"/></figure>'
            '<!-- /wp:image --><!-- wp:image --><figure><img class="wp-image-8" alt="b"/></figure><!-- /wp:image --></figure><!-- /wp:gallery -->',
            [
                ("picture", {"image": 7, "alt": "a", "caption": ""}),
                ("picture", {"image": 8, "alt": "b", "caption": ""}),
            ],
        ),
        (
            '<!-- wp:columns --><div class="wp-block-columns"><!-- wp:column --><div><p>Left</p></div><!-- /wp:column -->'
            "<!-- wp:column --><div><p>Right</p></div><!-- /wp:column --></div><!-- /wp:columns -->",
            [("text", "<p>Left</p><p>Right</p>")],
        ),
        (
            '<!-- wp:buttons --><div><!-- wp:button --><div><a class="wp-block-button__link" href="/x/">Go</a></div><!-- /wp:button --></div>'
            "<!-- /wp:buttons -->",
            [("text", '<p><a href="/x/">Go</a></p>')],
        ),
        (
            "<!-- wp:code --><pre class='wp-block-code'><code>if x:\n  y &lt; 1</code></pre><!-- /wp:code -->",
            [("text", "<p><code>if x:</code><br/><code>\xa0\xa0y &lt; 1</code></p>")],
        ),
        (
            "<!-- wp:list --><ul><!-- wp:list-item --><li>a</li><!-- /wp:list-item --></ul><!-- /wp:list -->",
            [("text", "<ul><li>a</li></ul>")],
        ),
    ],
)
def test_the_block_editor(content: str, blocks: list):
    assert converted(content)[0] == blocks


def test_a_gallery_is_its_pictures():
    blocks, _notes = converted('[gallery ids="3,4"]')
    assert blocks == [(("picture"), {"image": number, "alt": "", "caption": ""}) for number in (3, 4)]


def test_what_is_not_known_is_kept_and_said():
    blocks, notes = converted('[rev_slider alias="x"]\n\n[box]inside[/box]')
    assert blocks == [("text", '<p>[rev_slider alias="x"]</p><p>[box]inside[/box]</p>')]
    assert [note for note in notes if "rev_slider" in note or "[box]" in note]
    _blocks, notes = converted('<!-- wp:acme/map {"a":1} /--><!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->')
    assert any("acme/map" in note for note in notes)


def test_a_table_is_a_table_and_a_film_is_a_film():
    blocks, notes = converted(
        '<figure class="wp-block-table"><table><thead><tr><th>Pier</th><th>Boats</th></tr></thead><tbody><tr><td><b>North</b>'
        "</td><td>4</td></tr></tbody></table><figcaption>Piers</figcaption></figure>"
        '<iframe src="https://www.youtube.com/embed/abcdefghijk?feature=oembed"></iframe>'
        '<iframe src="https://elsewhere.example/film"></iframe>'
    )
    assert blocks == [
        (
            "table",
            {
                "caption": "Piers",
                "columns": [{"type": "text", "heading": "Pier"}, {"type": "text", "heading": "Boats"}],
                "rows": [{"values": ["<p><b>North</b></p>", "<p>4</p>"]}],
            },
        ),
        (
            "embed",
            {"address": "https://www.youtube.com/watch?v=abcdefghijk", "shows": "A film at YouTube", "still": None},
        ),
        ("text", '<p><a href="https://elsewhere.example/film">https://elsewhere.example/film</a></p>'),
    ]
    assert notes == []
