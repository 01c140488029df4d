from django.apps import AppConfig


class ClubsConfig(AppConfig):
    name = "clubs"

    def ready(self) -> None:
        from clubs import tasks  # noqa: F401  (its import registers the clock's jobs)
        from clubs.finding import register_search
        from clubs.meetings.reminders import REMINDER
        from clubs.own_data import declare_clubs
        from clubs.today import register_clubs
        from postbox.kinds import register

        declare_clubs()
        register(REMINDER)
        register_clubs()
        register_search()
