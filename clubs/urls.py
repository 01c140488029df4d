from django.urls import path

from clubs import views
from clubs.discussion import views as discussion
from clubs.groups import views as groups
from clubs.meetings import views as meetings
from clubs.reading import views as reading

app_name = "clubs"

urlpatterns = [
    path("me/calendar/", meetings.calendar, name="calendar"),
    path("calendar/<str:token>.ics", meetings.feed, name="feed"),
    path("clubs/", views.clubs, name="clubs"),
    path("clubs/new/", groups.new, name="new"),
    path("clubs/<slug:slug>/", views.club, name="club"),
    path("clubs/<slug:slug>/members/", groups.members, name="members"),
    path("clubs/<slug:slug>/members/join/", groups.join, name="join"),
    path("clubs/<slug:slug>/members/invited/<str:token>/", groups.invited, name="invited"),
    path("clubs/<slug:slug>/members/new-link/", groups.new_link, name="new_link"),
    path("clubs/<slug:slug>/members/leave/", views.leave, name="leave"),
    path("clubs/<slug:slug>/members/requests/<id:id>/", groups.answer_request, name="answer_request"),
    path("clubs/<slug:slug>/books/new/", reading.new_book, name="new_book"),
    path("clubs/<slug:slug>/read/<id:section_id>/", reading.read, name="read"),
    path("clubs/<slug:slug>/meetings/new/", meetings.new_meeting, name="new_meeting"),
    path("clubs/<slug:slug>/meetings/<id:id>/", meetings.meeting, name="meeting"),
    path("clubs/<slug:slug>/meetings/<id:id>/cancel/", meetings.call_off, name="call_off"),
    path("clubs/<slug:slug>/meetings/<id:id>.ics", meetings.meeting_ics, name="meeting_ics"),
    path("clubs/<slug:slug>/talk/<id:section_id>/", discussion.talk, name="talk"),
]
