from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The top floor: settings, addresses, and the commands that touch every part (setup_site, demo, serve, bench)."""

    name = "config"
    label = "config"
