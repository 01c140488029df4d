from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "content"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.models import PageViewRestriction, Site
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from content import doors, pictures, publishing, tasks  # noqa: F401  (tasks: the clock's job)
        from content.cms.letters import take_wagtails_places
        from content.context_processors import for_letters
        from content.links import checking
        from content.models import ArticlePage, OrganisationSettings, Picture
        from postbox.kinds import Kind, register
        from postbox.letters import let_all_know

        for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
            signal.connect(publishing.something_changed, dispatch_uid="pagecache")
        for signal in (post_save, post_delete):
            for model in (Site, OrganisationSettings):
                signal.connect(publishing.something_changed, sender=model, dispatch_uid="pagecache")
        page_published.connect(publishing.page_published, dispatch_uid="gather links")
        page_unpublished.connect(publishing.page_unpublished, dispatch_uid="drop links")
        page_unpublished.connect(publishing.article_unpublished, sender=ArticlePage, dispatch_uid="stop its mailing")
        post_page_move.connect(publishing.page_moved, dispatch_uid="search")
        post_save.connect(publishing.door_closed, sender=PageViewRestriction, dispatch_uid="search")
        post_delete.connect(publishing.door_opened, sender=PageViewRestriction, dispatch_uid="search")
        page_published.connect(publishing.article_published, sender=ArticlePage, dispatch_uid="announce")
        post_save.connect(pictures.picture_saved, sender=Picture, dispatch_uid="sizes")
        # To editors only, so it is not among everybody's preferences; its mail has a link that stops it.
        dead = _("Links on published pages that lead nowhere")
        register(Kind(name=checking.KIND, label=dead, still_wanted=checking.still_dead, in_preferences=False))
        let_all_know(for_letters)
        take_wagtails_places()
        doors.open_all()
