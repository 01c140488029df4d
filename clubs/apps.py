from django.apps import AppConfig


class ClubsConfig(AppConfig):
    name = "clubs"

    def ready(self) -> None:
        from clubs import tasks  # noqa: F401  (its import registers the clock's jobs)
        from clubs.choosing import telling as poll_telling
        from clubs.discussion import at_meetings, hosting
        from clubs.doing import register_doing
        from clubs.facts import register_facts
        from clubs.finding import register_search
        from clubs.groups.queries import register_fellows
        from clubs.groups.telling import register_kinds
        from clubs.meetings.dates import LOOKED_FOR
        from clubs.meetings.reminders import REMINDER
        from clubs.meetings.telling import register_kinds as register_meetings
        from clubs.milestones import register_milestones
        from clubs.news import register_news
        from clubs.own_data import declare_clubs
        from clubs.reading.meeting import register_reading_together
        from clubs.rounds import register_kinds as register_rounds
        from clubs.today import register_clubs
        from postbox.kinds import register

        declare_clubs()
        register(REMINDER)
        register(LOOKED_FOR)
        register_kinds()
        poll_telling.register_kinds()
        register_rounds()
        register_meetings()
        register_clubs()
        register_fellows()
        register_reading_together()
        at_meetings.register_talk()
        hosting.register_talk()
        register_search()
        register_news()
        register_doing()
        register_milestones()
        register_facts()
