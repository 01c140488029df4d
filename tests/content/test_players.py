"""Which films may be embedded, and what editors are told about the others."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError

from content.blocks import BodyBlock
from content.players import on_the_list, player_of

NOCOOKIE = "https://www.youtube-nocookie.com/embed/Oo0jm1PPRuo"


@pytest.mark.parametrize(
    ("address", "src"),
    [
        ("https://www.youtube.com/watch?v=Oo0jm1PPRuo&t=4", NOCOOKIE),
        ("https://youtu.be/Oo0jm1PPRuo", NOCOOKIE),
        ("https://m.youtube.com/shorts/Oo0jm1PPRuo", NOCOOKIE),
        ("https://vimeo.com/1084537", "https://player.vimeo.com/video/1084537?dnt=1"),
        ("https://vimeo.com/1084537/ab12cd34ef", "https://player.vimeo.com/video/1084537?dnt=1&h=ab12cd34ef"),
        ("https://films.example/w/9c9de5e8-0a1e", "https://films.example/videos/embed/9c9de5e8-0a1e"),
    ],
)
def test_a_film_on_the_list_has_a_player(settings, address, src):
    settings.PEERTUBE_HOSTS = ["films.example"]
    assert player_of(address).src == src


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "http://www.youtube.com/watch?v=Oo0jm1PPRuo",
        "https://youtube.com.evil.example/watch?v=Oo0jm1PPRuo",
        "https://youtube.com@evil.example/watch?v=Oo0jm1PPRuo",
        "https://www.youtube.com:8443/watch?v=Oo0jm1PPRuo",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/watch?v=Oo0jm1PPRu/",
        "https://www.youtube.com/channel/UCHnyfMqiRRG1u-2MsSQLbXA",
        'https://vimeo.com/1"onload=x',
        "https://films.example/w/9c9de5e8-0a1e",
        "https://[bad",
    ],
)
def test_anything_else_is_refused_with_the_places_that_would_do(address):
    with pytest.raises(ValidationError, match="YouTube, Vimeo"):
        on_the_list(address)


def test_a_block_with_another_address_cannot_be_kept():
    body = BodyBlock()
    value = {"address": "https://elsewhere.example/film", "shows": "A film", "still": None}
    with pytest.raises(StreamBlockValidationError):
        body.clean(body.to_python([{"type": "embed", "value": value}]))


def test_a_table_without_caption_or_headings_is_refused():
    body = BodyBlock()
    columns = [{"type": "text", "heading": "What"}, {"type": "number", "heading": ""}]
    table = {"caption": "", "columns": columns, "rows": [{"values": ["x", "1"]}]}
    with pytest.raises(StreamBlockValidationError) as refused:
        body.clean(body.to_python([{"type": "table", "value": table}]))
    (error,) = refused.value.block_errors.values()
    assert [str(words) for words in error.non_block_errors] == [
        "Give the table a caption: what does it compare?",
        "Give each column a heading.",
    ]
