"""The clubs' own rhythm."""

from datetime import timedelta

from clubs.meetings.reminders import remind
from postbox.clock import job

job(name="clubs.remind", every=timedelta(minutes=10))(remind)
