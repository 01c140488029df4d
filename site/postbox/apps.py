from django.apps import AppConfig


class PostboxConfig(AppConfig):
    name = "postbox"

    def ready(self) -> None:
        from allauth.account.signals import email_changed

        from postbox import moving, own

        own.register_all()
        email_changed.connect(moving.address_changed, dispatch_uid="take along what comes by mail")
