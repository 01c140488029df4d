from django.urls import path

from movement import views
from movement.actions import views as actions
from movement.allies import views as allies
from movement.definitions import views as definitions
from movement.invitations import views as invitations
from movement.personas import views as personas
from movement.resolve import views as resolve
from movement.spread import views as spread

app_name = "movement"

urlpatterns = [
    path("welcome/", views.welcome, name="welcome"),
    path("me/", views.today, name="today"),
    path("me/steps/<slug:name>/", views.step, name="step"),
    path("me/definition/", definitions.definition, name="definition"),
    path("me/definition/delete/", definitions.delete_definition, name="delete_definition"),
    path("me/note/", resolve.note, name="note"),
    path("me/note/delete/", resolve.delete_note, name="delete_note"),
    path("definitions/", definitions.definitions, name="definitions"),
    path("me/profile/", allies.profile, name="profile"),
    path("allies/", allies.allies, name="allies"),
    path("allies/<id:id>/", allies.ally, name="ally"),
    path("invite/", invitations.invite, name="invite"),
    path("invite/link/", invitations.invite_link, name="invite_link"),
    path("join/<str:code>/", invitations.join, name="join"),
    path("actions/", actions.actions, name="actions"),
    path("actions/log/", actions.log_action_view, name="log_action"),
    path("actions/ideas/", actions.ideas, name="ideas"),
    path("actions/ideas/<slug:slug>/", actions.idea, name="idea"),
    path("actions/<id:id>/edit/", actions.edit_action, name="edit_action"),
    path("actions/<id:id>/delete/", actions.delete_action_view, name="delete_action"),
    path("personas/", personas.personas, name="personas"),
    path("personas/new/", personas.new_persona, name="new_persona"),
    path("personas/<id:id>/", personas.persona, name="persona"),
    path("personas/<id:id>/edit/", personas.edit_persona, name="edit_persona"),
    path("personas/<id:id>/delete/", personas.delete_persona, name="delete_persona"),
    path("spread/", spread.spread, name="spread"),
    path("spread/units/<slug:slug>/", spread.spread_unit, name="spread_unit"),
]
