"""Django looks here: each part of the publishing keeps its models in its own room."""

from content.images import Picture, PictureRendition
from content.links.models import Link, LinkCheck
from content.pages.articles import ArticleIndexPage, ArticlePage
from content.pages.home import HomePage
from content.pages.primer import ChapterPage, PrimerPage
from content.pages.sorting import AnnouncedPart, Author, Series, Topic
from content.pages.standard import StandardPage
from content.reads.models import PageReads
from content.settings import OrganisationSettings
from content.subscriptions.models import Subscriber

__all__ = [
    "AnnouncedPart",
    "ArticleIndexPage",
    "ArticlePage",
    "Author",
    "ChapterPage",
    "HomePage",
    "Link",
    "LinkCheck",
    "OrganisationSettings",
    "PageReads",
    "Picture",
    "PictureRendition",
    "PrimerPage",
    "Series",
    "StandardPage",
    "Subscriber",
    "Topic",
]
