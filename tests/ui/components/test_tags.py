"""The components: what they draw, and what they refuse."""

import pytest
from django import forms
from django.contrib.messages.storage.base import Message
from django.template import Context, Template, TemplateSyntaxError
from lxml import html

from ui import faces, prose


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    "tag",
    [
        '{% icon "check" colour="red" %}',
        '{% icon "check" "loud" %}',
        '{% msg tone="good" loud=True %}x{% endmsg %}',
        '{% empty title="x" colour="red" %}',
        '{% empty "x" %}',
        '{% face name="x" shape="square" %}',
        "{% rings reached=1 colour=2 %}",
        "{% rings 1 %}",
        "{% field form.name shape='round' %}",
        "{% pager url='/' %}",
        "{% qr 'x' size=3 %}",
        "{% crumbs url='/' %}",
    ],
)
def test_a_component_refuses_what_it_does_not_know(tag: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        Template(tag)


@pytest.mark.parametrize(
    ("tag", "error"),
    [
        ('{% msg tone="loud" %}x{% endmsg %}', KeyError),
        ('{% face name="Ada" kind="ghost" %}', ValueError),
        ('{% face name="Ada" size="xl" %}', ValueError),
        ('{% field form.name look="round" %}', ValueError),
        ("{% field form.missing %}", TypeError),
    ],
)
def test_a_component_refuses_a_value_it_does_not_know(tag: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        draw(tag, form=PersonForm())


class PersonForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As you like it.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    seen = forms.ChoiceField(label="Seen", choices=[("a", "Open"), ("b", "Quiet")], widget=forms.RadioSelect)
    mail = forms.BooleanField(label="Write to me", required=False)
    trap = forms.CharField(label="Website", required=False, widget=forms.TextInput(attrs={"style": "left:-1px"}))


def field(name: str, **options: str) -> html.HtmlElement:
    arguments = " ".join(f'{key}="{value}"' for key, value in options.items())
    return html.fromstring(draw("{% field form." + name + " " + arguments + " %}", form=PersonForm()))


def test_a_field_has_its_label_and_its_hint_tied_to_it() -> None:
    drawn = field("name")
    control = drawn.find("input")
    assert (drawn.find("label").get("for"), control.get("id"), control.get("class")) == ("id_name", "id_name", "input")
    assert control.get("aria-describedby") == "id_name_hint"
    assert drawn.get_element_by_id("id_name_hint").text == "As you like it."
    assert control.get("aria-invalid") is None


def test_a_field_in_error_says_so_keeps_what_was_typed_and_ties_both_notes() -> None:
    form = PersonForm({"name": "<b>Ada", "seen": "z"})
    form.add_error("name", "Too loud.")
    drawn = html.fromstring(draw("{% field form.name %}", form=form))
    control = drawn.find("input")
    assert (control.get("value"), control.get("aria-invalid")) == ("<b>Ada", "true")
    assert control.get("aria-describedby") == "id_name_hint id_name_error"
    assert drawn.get_element_by_id("id_name_error").text_content().strip() == "Too loud."


@pytest.mark.parametrize("look", ["pick", "pick-col", "check", ""])
def test_radios_are_labels_in_a_named_group(look: str) -> None:
    drawn = field("seen", look=look)
    assert drawn.tag == "fieldset"
    assert drawn.find("legend").text_content().strip() == "Seen"
    assert len(drawn.xpath(".//label[.//input[@type='radio']]")) == 2


def test_a_box_to_tick_stands_inside_its_label() -> None:
    assert field("mail").xpath("string(.//label[@class='check'][input[@type='checkbox']]/span)") == "Write to me"


def test_what_may_be_left_out_says_so() -> None:
    assert "(optional)" in field("note").text_content()
    assert "(optional)" not in field("name").text_content()


def test_a_trap_for_robots_is_hidden_by_a_class_and_not_by_a_style() -> None:
    drawn = field("trap")
    assert (drawn.get("class"), drawn.get("aria-hidden")) == ("field field--trap", "true")
    assert drawn.find("input").get("style") is None


def test_the_summary_of_errors_names_each_field_and_a_good_form_has_none() -> None:
    wrong = PersonForm({"name": ""})
    drawn = html.fromstring(draw("{% form_errors form %}", form=wrong))
    assert [(link.get("href"), link.text) for link in drawn.findall(".//a")] == [
        ("#id_name", "Name"),
        ("#id_seen", "Seen"),
    ]
    assert drawn.get("role") == "alert"
    assert draw("{% form_errors form %}", form=PersonForm()).strip() == ""


def test_the_summary_of_errors_says_what_has_not_happened() -> None:
    drawn = html.fromstring(draw("{% form_errors form lead='Not sent yet.' %}", form=PersonForm({"name": ""})))
    text = " ".join(drawn.text_content().split())
    assert ("Not sent yet." in text, "saved" in text) == (True, False)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Ask them before they begin.", "Please look at: Ask them before they begin. What you typed"),
        ("What would be better?", "Please look at: What would be better? What you typed"),
        ("Name", "Please look at: Name. What you typed"),
    ],
)
def test_the_summary_of_errors_has_one_stop_whatever_a_label_ends_with(label: str, said: str) -> None:
    form = PersonForm({"name": "", "seen": "x"})
    form.fields["name"].label = label
    form.fields.pop("seen", None)
    drawn = html.fromstring(draw("{% form_errors form %}", form=form))
    assert said in " ".join(drawn.text_content().split())


def test_an_icon_is_silent_beside_a_word_and_speaks_alone() -> None:
    silent, alone = (
        html.fromstring(draw('{% icon "check" %}')),
        html.fromstring(draw('{% icon "check" label="Done" %}')),
    )
    assert (silent.get("aria-hidden"), silent.get("class"), silent.get("stroke-width")) == ("true", "icon", "1.75")
    assert (alone.get("aria-hidden"), alone.get("role"), alone.get("aria-label")) == (None, "img", "Done")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ines Achterberg", "IA"),
        ("Edda Marlowe-Finch", "EM"),
        ("Wren", "W"),
        ("A B C D", "AD"),
        ("", ""),
        ("(( éa", "É"),
    ],
)
def test_initials_are_of_the_first_and_the_last_word(name: str, letters: str) -> None:
    assert faces.initials(name) == letters


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("plain & <b>simple</b>", "<p>plain &amp; &lt;b&gt;simple&lt;/b&gt;</p>"),
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](https://a.example)", '<p><a href="https://a.example" rel="nofollow ugc noopener">x</a></p>'),
        ("# not a title", "<p># not a title</p>"),
        (
            "![p](https://a.example/p.png)",
            '<p>!<a href="https://a.example/p.png" rel="nofollow ugc noopener">p</a></p>',
        ),
        ("nul\x00nul", "<p>nulnul</p>"),
        ("", ""),
    ],
)
def test_text_from_people_is_a_small_markdown(text: str, out: str) -> None:
    assert prose.markdown(text).strip() == out


def test_a_qr_code_has_no_style_attribute() -> None:
    drawn = draw('{% qr "https://groundswell.example/join/abc" label="An address" %}')
    assert "style" not in drawn
    assert html.fromstring(drawn).get("aria-label") == "An address"


@pytest.mark.parametrize(
    ("level", "tags", "tone"),
    [(25, "", "good"), (20, "", "plain"), (30, "", "care"), (40, "", "bad"), (25, "care", "care")],
)
def test_djangos_messages_have_a_tone(level: int, tags: str, tone: str) -> None:
    assert draw("{{ message|tone }}", message=Message(level, "x", extra_tags=tags)) == tone
