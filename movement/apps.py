from django.apps import AppConfig


class MovementConfig(AppConfig):
    name = "movement"

    def ready(self) -> None:
        from accounts.policy import register_invitation_check
        from conversation import writers
        from movement import tasks  # noqa: F401  (the clock's job)
        from movement.actions import finding as ideas
        from movement.actions.today import register_actions
        from movement.allies import finding as allies
        from movement.definitions.primer import register_definitions
        from movement.first_steps import register_first_steps
        from movement.invitations.services import carries_invitation
        from movement.own_data import declare_allies, declare_doing, declare_words, grant_rights
        from movement.permissions import name_of
        from movement.personas.today import register_personas
        from movement.primer import register_primer
        from movement.resolve.coming_back import COMING_BACK
        from movement.resolve.today import register_resolve
        from postbox.kinds import register

        declare_allies()
        declare_doing()
        declare_words()
        grant_rights()
        register_invitation_check(carries_invitation)
        register(COMING_BACK)
        register_primer()
        register_first_steps()
        register_definitions()
        register_resolve()
        register_actions()
        register_personas()
        allies.register_search()
        ideas.register_search()
        writers.register(name_of)
