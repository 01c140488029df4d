from django.apps import AppConfig


class MovementConfig(AppConfig):
    name = "movement"

    def ready(self) -> None:
        from allauth.account.signals import user_signed_up

        from accounts.backends import read_together
        from accounts.models import User
        from accounts.policy import register_address_check, register_invitation_check
        from content.mailings.audience import allies_are
        from conversation import writers
        from movement import tasks  # noqa: F401  (the clock's job)
        from movement.actions import finding as ideas
        from movement.actions import fitting
        from movement.actions.committing import REMINDED
        from movement.actions.milestones import register_own_actions
        from movement.actions.proposing import JUDGED
        from movement.actions.sources import register_sources
        from movement.actions.talk import register_talk
        from movement.actions.thanking import THANKED
        from movement.actions.today import register_actions
        from movement.actions.trying import register_trying
        from movement.allies import finding as allies
        from movement.allies.meeting import register_tags
        from movement.allies.nearby import register_nearby
        from movement.allies.today import register_where_now
        from movement.decisions.asking import LOOKED_BACK
        from movement.decisions.doors import register_decisions
        from movement.decisions.own_data import declare_decisions
        from movement.definitions.judging import TAKEN_DOWN
        from movement.definitions.primer import register_definitions
        from movement.finding_data import declare_finding
        from movement.first_steps import register_first_steps
        from movement.introductions import letters as introductions
        from movement.introductions.reports import HALTED
        from movement.invitations.joining import carries_invitation, proves_address, remember_arrival
        from movement.invitations.letters import INVITATION, register_letters
        from movement.invitations.thanks import CAME
        from movement.lunch.letters import LUNCH
        from movement.lunch.tags import register_ties
        from movement.lunch.today import register_people
        from movement.own_data import (
            declare_allies,
            declare_doing,
            declare_pulses,
            declare_report,
            declare_words,
            grant_rights,
        )
        from movement.permissions import name_of
        from movement.personas import finding as cards
        from movement.personas import telling as personas
        from movement.personas.meeting import register_serving
        from movement.personas.origin import register_origin
        from movement.personas.own import declare_cards
        from movement.personas.today import register_personas
        from movement.primer import register_primer
        from movement.pulse import letters as pulses
        from movement.pulse.today import register_pulse
        from movement.resolve import suggesting
        from movement.resolve.coming_back import COMING_BACK
        from movement.resolve.marking import MILESTONE
        from movement.resolve.nudging import NUDGE, register_nudges
        from movement.resolve.own_course import register_own_course
        from movement.resolve.own_data import declare_resolve
        from movement.resolve.today import register_resolve
        from movement.spread.own_facts import register_facts
        from movement.spread.second_ally.today import register_second_ally
        from movement.spread.unit_course import register_unit_course
        from postbox.kinds import register

        read_together("ally__unit__parent")
        declare_finding()
        declare_resolve()
        declare_decisions()
        declare_allies()
        declare_doing()
        declare_cards()
        declare_words()
        declare_pulses()
        declare_report()
        grant_rights()
        register_invitation_check(carries_invitation)
        register_address_check(proves_address)
        user_signed_up.connect(remember_arrival, dispatch_uid="remember by which invitation a login came")
        register_letters()
        pulses.register_letters()
        own = (COMING_BACK, TAKEN_DOWN, THANKED, JUDGED, REMINDED, LOOKED_BACK, NUDGE, MILESTONE)
        asked = (LUNCH, pulses.PULSE, pulses.TICKET)
        for kind in (INVITATION, CAME, HALTED, *asked, *own, *introductions.KINDS, *personas.KINDS):
            register(kind)
        register_primer()
        register_first_steps()
        register_definitions()
        register_resolve()
        register_nudges()
        register_own_course()
        register_where_now()
        register_people()
        register_ties()
        register_actions()
        register_own_actions()
        register_unit_course()
        suggesting.register(suggest=fitting.suggest, find=fitting.find, note_url=fitting.note_url)
        register_talk()
        register_trying()
        register_personas()
        register_pulse()
        register_sources()
        register_facts()
        register_second_ally()
        register_origin()
        register_decisions()
        allies.register_search()
        register_nearby()
        register_tags()
        register_serving()
        ideas.register_search()
        cards.register_search()
        writers.register(name_of)
        allies_are(lambda: User.objects.filter(is_active=True, ally__isnull=False))
