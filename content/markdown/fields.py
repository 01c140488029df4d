"""The fields of pages, topics, series and authors ↔ the plain data of front matter, whatever fields they have."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from taggit.managers import TaggableManager
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from content.images import Picture
from content.markdown import bodies
from content.markdown.portable import Names, clean_html, html_of_markdown, markdown_of, portable_html
from content.pages.sorting import AnnouncedPart

#: What of Wagtail's own fields belongs to a page's content. The rest is of the tree, or of the CMS's work.
OF_EVERY_PAGE = ("title", "slug", "seo_title", "search_description", "show_in_menus")
PUBLISHED = ("first_published_at", "last_published_at")
DATES = (*PUBLISHED, "go_live_at", "expire_at")


class Unknown(Exception):
    """Something is named that is nowhere: which field, and what name."""

    def __init__(self, field: str, name: object) -> None:
        super().__init__(f"{field}: there is no “{name}”")
        self.field = field


def fields_of(model: type[models.Model]) -> Iterator[models.Field]:
    """What is written of this model, in the order in which it is defined."""
    if issubclass(model, Page):
        yield from (Page._meta.get_field(name) for name in (*OF_EVERY_PAGE, *DATES))  # type: ignore[misc]
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many, *model._meta.private_fields):
        if is_content(field):
            yield field


def is_content(field: Any) -> bool:
    """Not the keys, nor what is counted, nor who (logins are not content), nor a page's main text."""
    if isinstance(field, TaggableManager):
        return True
    if field.primary_key or isinstance(field, ParentalKey | models.OneToOneField) or not field.editable:
        return False
    if field.name == "sort_order" or isinstance(field, StreamField):
        return False
    return not (field.is_relation and field.related_model._meta.label == settings.AUTH_USER_MODEL)


def written(thing: Any, names: Names) -> dict[str, Any]:
    """The fields that differ from what a new one would have."""
    model = type(thing)
    found = {}
    for field in fields_of(model):
        value = _out(thing, field, names)
        if isinstance(field, TaggableManager) or field.many_to_many:
            is_default = not value
        else:
            is_default = not callable(field.default) and value == (
                field.get_default() if field.has_default() else field.get_default() or None
            )
            is_default = is_default or (value in (None, "") and field.get_default() in (None, ""))
        if not is_default:
            found[field.name] = value
    for relation in children_of(model):
        if rows := [written(row, names) for row in getattr(thing, relation.get_accessor_name()).all()]:
            found[relation.get_accessor_name()] = rows
    return found


def children_of(model: type[models.Model]) -> list[Any]:
    """Rows that are part of the thing: a series' announced parts."""
    relations = get_all_child_relations(model)
    return [
        relation
        for relation in relations
        if relation.related_model._meta.app_label == "content"
        and not any(field.name == "tag" for field in relation.related_model._meta.local_fields)
    ]


def _out(thing: Any, field: Any, names: Names) -> Any:
    if isinstance(field, TaggableManager):
        return sorted(tag.name for tag in getattr(thing, field.name).all())
    if field.many_to_many:
        return sorted(row.slug for row in getattr(thing, field.name).all())
    if isinstance(field, models.ForeignKey):
        number = getattr(thing, field.attname)
        if number is None:
            return None
        if field.related_model is Picture:
            return names.name_of_picture(number)
        if issubclass(field.related_model, Page):
            return names.name_of_page(number)
        row = getattr(thing, field.name)
        return f"{row.series.slug}: {row.title}" if isinstance(row, AnnouncedPart) else row.slug
    value = getattr(thing, field.name)
    if isinstance(field, RichTextField):
        text = markdown_of(value, names)
        return {"html": portable_html(value, names)} if text is None else text
    return field.value_to_string(thing) if isinstance(field, models.DateField) and value else value


def read(model: type[models.Model], data: dict[str, Any], names: Names) -> dict[str, Any]:
    """Values by field name, absent ones as a new thing would have them; those of many are lists. Raises Unknown."""
    found = {}
    for field in fields_of(model):
        if field.name in data:
            found[field.name] = _in(field, data[field.name], names)
        elif isinstance(field, TaggableManager) or field.many_to_many:
            found[field.name] = []
        elif not callable(field.default):
            found[field.name] = field.get_default()
    return found


def _in(field: Any, value: Any, names: Names) -> Any:
    if isinstance(field, TaggableManager):
        return [str(name) for name in value]
    if field.many_to_many:
        return [_named(field, slug) for slug in value]
    if isinstance(field, models.ForeignKey):
        if value is None:
            return None
        if field.related_model is Picture:
            number = names.picture_of_name(value)
        elif issubclass(field.related_model, Page):
            number = names.page_of_name(value)  # type: ignore[assignment]
        else:
            return _named(field, value)
        if number is None:
            raise Unknown(field.name, value)
        return field.related_model._default_manager.get(pk=number)
    if isinstance(field, RichTextField):
        return clean_html(value["html"], names) if isinstance(value, dict) else html_of_markdown(value, names)
    return field.to_python(value)


def _named(field: Any, slug: Any) -> Any:
    wanted = {"slug": slug}
    if field.related_model is AnnouncedPart:
        series, _colon, title = str(slug).partition(": ")
        wanted = {"series__slug": series, "title": title}
    row = field.related_model._default_manager.filter(**wanted).first()
    if row is None:
        raise Unknown(field.name, slug)
    return row


def body_of(page: Any, names: Names) -> str:
    return bodies.write(list(page.body.get_prep_value()), names) if hasattr(page, "body") else ""
