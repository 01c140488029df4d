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
        from movement.first_steps import register_first_steps
        from movement.invitations.services import carries_invitation
        from movement.own_data import declare_allies, declare_doing, grant_rights
        from movement.permissions import name_of
        from movement.personas.today import register_personas

        declare_allies()
        declare_doing()
        grant_rights()
        register_invitation_check(carries_invitation)
        register_first_steps()
        register_actions()
        register_personas()
        allies.register_search()
        ideas.register_search()
        writers.register(name_of)
