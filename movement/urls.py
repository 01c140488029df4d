from django.urls import path

from movement import views
from movement.actions import answering, catalogue, my_list, trying
from movement.actions import views as actions
from movement.allies import views as allies
from movement.allies import views_profile as profile
from movement.decisions import views as decisions
from movement.definitions import views as definitions
from movement.introductions import keeping_apart
from movement.introductions import views as introductions
from movement.invitations import landing
from movement.invitations import views as invitations
from movement.lunch import views as lunch
from movement.personas import views as personas
from movement.personas import views_ends, views_map, views_paper, views_workshop
from movement.pulse import views as pulse
from movement.resolve import views as resolve
from movement.resolve import views_rhythm as rhythm
from movement.spread import views as spread
from movement.spread.report import views as report
from movement.spread.what_if import views as what_if
from movement.welcome import views as welcome

app_name = "movement"
WISH = "<int:invited>-<int:accepted>-<int:new_units>"

urlpatterns = [
    path("welcome/", welcome.welcome, name="welcome"),
    path("welcome/work/", welcome.welcome_place, name="welcome_place"),
    path("welcome/letters/", welcome.welcome_letters, name="welcome_letters"),
    path("me/", views.today, name="today"),
    path("me/steps/<slug:name>/", views.step, name="step"),
    path("me/definition/", definitions.definition, name="definition"),
    path("me/definition/delete/", definitions.delete_definition, name="delete_definition"),
    path("me/note/", resolve.note, name="note"),
    path("me/note/delete/", resolve.delete_note, name="delete_note"),
    path("me/rhythm/", rhythm.rhythm, name="rhythm"),
    path("me/rhythm/nudges/", rhythm.choose_nudges, name="choose_nudges"),
    path("me/nudges/<id:id>/", rhythm.nudge, name="nudge"),
    path("me/milestones/", rhythm.milestones, name="milestones"),
    path("me/hello/<id:id>/", rhythm.hello, name="hello"),
    path("definitions/", definitions.definitions, name="definitions"),
    path("definitions/<id:id>/flag/", definitions.flag_definition, name="flag_definition"),
    path("me/profile/", profile.profile, name="profile"),
    path("me/profile/preview/", profile.preview, name="preview"),
    path("me/profile/tags/", profile.known_tags, name="known_tags"),
    path("me/profile/portrait/", profile.own_portrait, name="own_portrait"),
    path("allies/", allies.allies, name="allies"),
    path("allies/<id:id>/", allies.ally, name="ally"),
    path("allies/<id:id>/block/", keeping_apart.block_ally, name="block_ally"),
    path("allies/<id:id>/report/", keeping_apart.report_ally, name="report_ally"),
    path("introductions/", introductions.introductions, name="introductions"),
    path("introductions/ask/<id:id>/", introductions.ask_introduction, name="ask_introduction"),
    path("introductions/between/<id:id>/", introductions.introduce, name="introduce"),
    path("introductions/blocks/", keeping_apart.blocks, name="blocks"),
    path("introductions/blocks/<id:id>/", keeping_apart.unblock, name="unblock"),
    path("introductions/<id:id>/", introductions.introduction, name="introduction"),
    path("introductions/<id:id>/take-back/", introductions.take_back, name="take_back_introduction"),
    path("lunch/", lunch.lunch, name="lunch"),
    path("lunch/leave/", lunch.leave_lunch, name="leave_lunch"),
    path("lunch/<id:id>/", lunch.lunch_with, name="lunch_with"),
    path("lunch/<id:id>.ics", lunch.lunch_ics, name="lunch_ics"),
    path("allies/meet/", allies.meet, name="meet"),
    path("allies/<id:id>/put-aside/", allies.put_aside, name="put_aside"),
    path("allies/<id:id>/portrait/", profile.portrait, name="portrait"),
    path("invite/", invitations.invite, name="invite"),
    path("invite/link/", invitations.invite_link, name="invite_link"),
    path("invite/occasions/", invitations.new_occasion, name="new_occasion"),
    path("invite/letters/", invitations.invitation_letter, name="invitation_letter"),
    path("invite/<id:id>/", invitations.occasion, name="occasion"),
    path("invite/<id:id>/end/", invitations.end_invitation, name="end_invitation"),
    path("invite/<id:id>/qr.png", invitations.invitation_qr, name="invitation_qr"),
    path("join/<str:code>/", landing.join, name="join"),
    path("actions/", actions.actions, name="actions"),
    path("actions/log/", actions.log_action_view, name="log_action"),
    path("actions/tried/<id:comment_id>/", trying.tried, name="tried"),
    path("actions/mine/", my_list.commitments, name="commitments"),
    path("actions/mine/<id:id>/", my_list.edit_commitment, name="edit_commitment"),
    path("actions/mine/<id:id>/settle/", my_list.settle_commitment, name="settle_commitment"),
    path("actions/ideas/", catalogue.ideas, name="ideas"),
    path("actions/ideas/propose/", catalogue.propose_idea, name="propose_idea"),
    path("actions/ideas/<slug:slug>/", actions.idea, name="idea"),
    path("actions/ideas/<slug:slug>/try/", answering.try_idea, name="try_idea"),
    path("actions/<id:id>/thanks/", answering.thank_action, name="thank_action"),
    path("actions/<id:id>/try/", answering.try_action, name="try_action"),
    path("actions/<id:id>/edit/", actions.edit_action, name="edit_action"),
    path("actions/<id:id>/delete/", actions.delete_action_view, name="delete_action"),
    path("personas/", personas.personas, name="personas"),
    path("personas/new/", personas.new_persona, name="new_persona"),
    path("personas/print/", views_paper.print_personas, name="print_personas"),
    path("personas/allies/", views_ends.known_allies, name="known_allies"),
    path("personas/together/new/", views_workshop.new_workshop, name="new_workshop"),
    path("together/<str:code>/", views_workshop.workshop, name="workshop"),
    path("together/<str:code>/join/", views_workshop.join_workshop, name="join_workshop"),
    path("together/<str:code>/table/", views_workshop.workshop_table, name="workshop_table"),
    path("together/<str:code>/take/<id:id>/", views_workshop.take_workshop_card, name="take_workshop_card"),
    path("together/<str:code>/print/", views_workshop.print_workshop, name="print_workshop"),
    path("together/<str:code>/close/", views_workshop.close_workshop, name="close_workshop"),
    path("personas/<id:id>/", personas.persona, name="persona"),
    path("personas/<id:id>/edit/", personas.edit_persona, name="edit_persona"),
    path("personas/<id:id>/delete/", personas.delete_persona, name="delete_persona"),
    path("personas/<id:id>/ask/", views_ends.ask_other_end, name="ask_other_end"),
    path("personas/<id:id>/untie/", views_ends.untie_persona, name="untie_persona"),
    path("personas/<id:id>/answer/", views_ends.answer_persona, name="answer_persona"),
    path("personas/<id:id>/rate/", views_ends.rate_persona, name="rate_persona"),
    path("personas/<id:id>/history/", views_ends.persona_history, name="persona_history"),
    path("personas/<id:id>/print/", views_paper.print_persona, name="print_persona"),
    path("personas/<id:id>/card.svg", views_paper.persona_picture, name="persona_picture"),
    path("service-map/", views_map.service_map, name="service_map"),
    path("service-map/<slug:slug>/", views_map.service_map_unit, name="service_map_unit"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/new/", decisions.new_decision, name="new_decision"),
    path("decisions/<id:id>/", decisions.decision, name="decision"),
    path("decisions/<id:id>/edit/", decisions.edit_decision, name="edit_decision"),
    path("decisions/<id:id>/for/<id:stakeholder_id>/", decisions.weigh, name="weigh"),
    path("decisions/<id:id>/happened/", decisions.what_happened, name="what_happened"),
    path("decisions/<id:id>/delete/", decisions.delete_decision, name="delete_decision"),
    path("pulse/", pulse.pulses, name="pulses"),
    path("pulse/ticket/<str:token>/", pulse.pulse_ticket, name="pulse_ticket"),
    path("pulse/<id:id>/", pulse.pulse, name="pulse"),
    path("pulse/<id:id>/results/", pulse.pulse_results, name="pulse_results"),
    path("pulse/<id:id>/results.csv", pulse.pulse_csv, name="pulse_csv"),
    path("spread/", spread.spread, name="spread"),
    path("spread/report/", report.spread_report, name="spread_report"),
    path("spread/report/edit/", report.edit_spread_report, name="edit_spread_report"),
    path("spread/figures/<slug:name>.csv", spread.spread_figures, name="spread_figures"),
    path("spread/pictures/<slug:name>.png", spread.spread_picture, name="spread_picture"),
    path("spread/what-if/", what_if.what_if, name="what_if"),
    path(f"spread/what-if/{WISH}/", what_if.what_if_answer, name="what_if_answer"),
    path(f"spread/what-if/{WISH}.csv", what_if.what_if_csv, name="what_if_csv"),
    path("spread/units/<slug:slug>/", spread.spread_unit, name="spread_unit"),
    path("spread/units/<slug:slug>/months.csv", spread.spread_unit_figures, name="spread_unit_figures"),
]
