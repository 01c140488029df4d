from django.urls import path

from clubs import views, views_books
from clubs.choosing import views as choosing
from clubs.discussion import views as discussion
from clubs.groups import views as groups
from clubs.groups import views_joining as joining
from clubs.groups import views_members as members
from clubs.meetings import views as meetings
from clubs.meetings import views_afterwards as afterwards
from clubs.meetings import views_arranging as arranging
from clubs.meetings import views_dates as finding
from clubs.reading import views as reading
from clubs.reading import views_books as books
from clubs.reading import views_schedule as plan

app_name = "clubs"

urlpatterns = [
    path("me/calendar/", meetings.calendar, name="calendar"),
    path("calendar/<str:token>.ics", meetings.feed, name="feed"),
    path("clubs/", views.clubs, name="clubs"),
    path("clubs/new/", groups.new, name="new"),
    path("clubs/new/lunch/", arranging.lunch_club, name="lunch_club"),
    path("clubs/<slug:slug>/", views.club, name="club"),
    path("clubs/<slug:slug>/edit/", groups.edit, name="edit"),
    path("clubs/<slug:slug>/picture/", groups.picture, name="picture"),
    path("clubs/<slug:slug>/picture/new/", groups.new_picture, name="new_picture"),
    path("clubs/<slug:slug>/archive/", views.archive, name="archive"),
    path("clubs/<slug:slug>/revive/", groups.revive, name="revive"),
    path("clubs/<slug:slug>/members/", members.members, name="members"),
    path("clubs/<slug:slug>/members/join/", views.join, name="join"),
    path("clubs/<slug:slug>/members/wait/", joining.wait, name="wait"),
    path("clubs/<slug:slug>/members/invited/<str:token>/", joining.invited, name="invited"),
    path("clubs/<slug:slug>/members/new-link/", members.new_link, name="new_link"),
    path("clubs/<slug:slug>/members/alias/", members.alias, name="alias"),
    path("clubs/<slug:slug>/members/leave/", views.leave, name="leave"),
    path("clubs/<slug:slug>/members/step-down/", members.step_down, name="step_down"),
    path("clubs/<slug:slug>/members/take-over/", members.take_over, name="take_over"),
    path("clubs/<slug:slug>/members/requests/<id:id>/", members.answer_request, name="answer_request"),
    path("clubs/<slug:slug>/members/kept-out/<id:id>/lift/", members.lift, name="lift"),
    path("clubs/<slug:slug>/members/<id:member>/promote/", members.promote, name="promote"),
    path("clubs/<slug:slug>/members/<id:member>/remove/", views.remove, name="remove"),
    path("clubs/<slug:slug>/books/new/", reading.new_book, name="new_book"),
    path("clubs/<slug:slug>/books/import/", choosing.import_list, name="import_list"),
    path("clubs/<slug:slug>/books/<id:id>/", views_books.book, name="book"),
    path("clubs/<slug:slug>/books/<id:id>/cover/", books.book_cover, name="book_cover"),
    path("clubs/<slug:slug>/books/<id:id>/cover/new/", books.new_book_cover, name="new_book_cover"),
    path("clubs/<slug:slug>/books/<id:id>/lend/", books.lend, name="lend"),
    path("clubs/<slug:slug>/books/readings/<id:id>/finish/", books.finish, name="finish"),
    path("clubs/<slug:slug>/books/readings/<id:id>/verdict/", books.verdict, name="verdict"),
    path("clubs/<slug:slug>/books/readings/<id:id>/summary/", views_books.summary, name="summary"),
    path("clubs/<slug:slug>/books/readings/<id:id>/send/", views_books.send_round, name="send_round"),
    path("clubs/<slug:slug>/books/readings/<id:id>/copy/", views_books.copy_round, name="copy_round"),
    path("clubs/<slug:slug>/books/readings/<id:id>/schedule/", plan.schedule, name="schedule"),
    path("clubs/<slug:slug>/books/readings/<id:id>/schedule/propose/", plan.propose_schedule, name="propose_schedule"),
    path("clubs/<slug:slug>/books/readings/<id:id>/schedule/<id:section_id>/", plan.move_section, name="move_section"),
    path("clubs/<slug:slug>/books/readings/<id:id>/schedule/shift/", plan.shift_schedule, name="shift_schedule"),
    path("clubs/<slug:slug>/books/readings/<id:id>/schedule/catch-up/", plan.catch_up_week, name="catch_up_week"),
    path("clubs/<slug:slug>/read/place/", books.place, name="place"),
    path("clubs/<slug:slug>/books/nominate/", choosing.nominate, name="nominate"),
    path("clubs/<slug:slug>/books/nominations/<id:id>/withdraw/", choosing.withdraw, name="withdraw_nomination"),
    path("clubs/<slug:slug>/polls/", choosing.polls, name="polls"),
    path("clubs/<slug:slug>/polls/new/", choosing.new_poll, name="new_poll"),
    path("clubs/<slug:slug>/polls/<id:id>/", choosing.poll, name="poll"),
    path("clubs/<slug:slug>/polls/<id:id>/move/", choosing.move_poll, name="move_poll"),
    path("clubs/<slug:slug>/polls/<id:id>/end/", choosing.end_poll, name="end_poll"),
    path("clubs/<slug:slug>/polls/<id:id>/settle/", choosing.settle_poll, name="settle_poll"),
    path("clubs/<slug:slug>/read/<id:section_id>/", reading.read, name="read"),
    path("clubs/<slug:slug>/meetings/", meetings.meetings, name="meetings"),
    path("clubs/<slug:slug>/meetings/new/", arranging.new_meeting, name="new_meeting"),
    path("clubs/<slug:slug>/meetings/lunch/", arranging.lunch_hours, name="lunch_hours"),
    path("clubs/<slug:slug>/meetings/dates/new/", finding.new_dates, name="new_dates"),
    path("clubs/<slug:slug>/meetings/dates/<id:id>/", finding.dates, name="dates"),
    path("clubs/<slug:slug>/meetings/dates/<id:id>/<id:time_id>/", finding.pick_date, name="pick_date"),
    path("clubs/<slug:slug>/meetings/<id:id>/", meetings.meeting, name="meeting"),
    path("clubs/<slug:slug>/meetings/<id:id>/edit/", arranging.edit_meeting, name="edit_meeting"),
    path("clubs/<slug:slug>/meetings/<id:id>/cancel/", arranging.call_off, name="call_off"),
    path("clubs/<slug:slug>/meetings/<id:id>/answer/<str:token>/", meetings.answer_by_mail, name="answer_by_mail"),
    path("clubs/<slug:slug>/meetings/<id:id>/pack/", afterwards.pack, name="pack"),
    path("clubs/<slug:slug>/meetings/<id:id>/notes/", afterwards.keep_notes, name="keep_notes"),
    path("clubs/<slug:slug>/meetings/<id:id>/attendance/", afterwards.attendance, name="attendance"),
    path("clubs/<slug:slug>/meetings/<id:id>/there/", afterwards.was_there, name="was_there"),
    path("clubs/<slug:slug>/meetings/<id:id>.ics", meetings.meeting_ics, name="meeting_ics"),
    path("clubs/<slug:slug>/talk/<id:section_id>/", discussion.talk, name="talk"),
    path("clubs/<slug:slug>/talk/<id:section_id>/open/", discussion.open_talk, name="open_talk"),
    path("clubs/<slug:slug>/talk/<id:section_id>/questions/", discussion.new_question, name="new_question"),
    path("clubs/<slug:slug>/talk/<id:section_id>/highlight/", discussion.new_highlight, name="new_highlight"),
    path("clubs/<slug:slug>/talk/questions/<id:id>/", discussion.question, name="question"),
    path("clubs/<slug:slug>/talk/questions/<id:id>/remove/", discussion.remove_question, name="remove_question"),
    path("clubs/<slug:slug>/talk/notes/<id:id>/remove/", discussion.remove_note, name="remove_note"),
    path("clubs/<slug:slug>/talk/highlights/<id:id>/remove/", discussion.remove_highlight, name="remove_highlight"),
]
