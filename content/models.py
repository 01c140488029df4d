"""Django looks here: each part of the publishing keeps its models in its own room."""

from content.images import Picture, PictureRendition
from content.links.models import Link, LinkCheck
from content.mailings.models import Mailing
from content.pages.articles import ArticleIndexPage, ArticlePage
from content.pages.home import HomePage
from content.pages.primer import ChapterPage, PrimerPage
from content.pages.sorting import AnnouncedPart, ArticleTag, Author, Series, Tag, Topic
from content.pages.standard import StandardPage
from content.progress.models import ChapterMark
from content.reads.models import PageReads
from content.search.models import Findable, PublicWord
from content.settings import OrganisationSettings
from content.subscriptions.models import Consent, Followed, Subscriber
from content.wishes.models import PartWish
from content.wordpress.models import Imported

__all__ = [
    "AnnouncedPart",
    "ArticleIndexPage",
    "ArticlePage",
    "ArticleTag",
    "Author",
    "ChapterMark",
    "ChapterPage",
    "Consent",
    "Findable",
    "Followed",
    "HomePage",
    "Imported",
    "Link",
    "LinkCheck",
    "Mailing",
    "OrganisationSettings",
    "PageReads",
    "PartWish",
    "Picture",
    "PictureRendition",
    "PrimerPage",
    "PublicWord",
    "Series",
    "StandardPage",
    "Subscriber",
    "Tag",
    "Topic",
]
