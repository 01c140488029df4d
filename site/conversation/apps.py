from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationConfig(AppConfig):
    name = "conversation"

    def ready(self) -> None:
        from conversation import digest, following, mails, personal, tasks  # noqa: F401  (tasks: the clock's job)
        from postbox.digests import sections
        from postbox.kinds import Kind, register

        personal.declare_all()
        register(Kind(name=mails.CONFIRM, label=_("Confirming a comment"), by_choice=False, is_covered=False))
        register(Kind(name=mails.REMOVED, label=_("An editor’s decision on a comment"), by_choice=False))
        stands = _("A comment of yours that an editor has let stand")
        register(Kind(name=mails.STANDS, label=stands, still_wanted=following.still_stands, by_choice=False))
        register(
            Kind(
                name=mails.REPLY,
                label=_("A reply to a comment"),
                still_wanted=following.still_wanted,
                digest=digest.NAME,
            )
        )
        sections.register(digest.SECTION)
