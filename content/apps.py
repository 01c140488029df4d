from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "content"

    def ready(self) -> None:
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from content import doors, publishing, tasks  # noqa: F401  (tasks: the clock's job)
        from content.cms.letters import take_wagtails_places
        from content.context_processors import for_letters
        from content.models import ArticlePage
        from postbox.kinds import Kind, register
        from postbox.letters import let_all_know

        for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
            signal.connect(publishing.something_changed, dispatch_uid="pagecache")
        page_published.connect(publishing.page_published, dispatch_uid="gather links")
        page_unpublished.connect(publishing.page_unpublished, dispatch_uid="drop links")
        page_published.connect(publishing.article_published, sender=ArticlePage, dispatch_uid="announce")
        register(Kind(name=doors.CONFIRM, label=_("Confirming a subscription"), by_choice=False))
        wanted = doors.article_still_wanted
        # A subscription is ended by its own links, with or without a login: it is not among a person's preferences.
        register(Kind(name="article", label=_("A new article"), still_wanted=wanted, in_preferences=False))
        let_all_know(for_letters)
        take_wagtails_places()
        doors.open_all()
