from django.apps import AppConfig


class PostboxConfig(AppConfig):
    name = "postbox"

    def ready(self) -> None:
        from postbox import own

        own.register_all()
