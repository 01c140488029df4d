"""The clubs' own rhythm."""

from datetime import timedelta

from clubs.choosing.services import close_those_due
from clubs.groups.handing_over import look_after
from clubs.groups.services import put_right
from clubs.meetings.dates import tell_of_dates
from clubs.meetings.inviting import invite
from clubs.meetings.reminders import remind
from clubs.meetings.series import make_all_ahead
from clubs.meetings.telling import tell
from postbox.clock import job

job(name="clubs.remind", every=timedelta(minutes=10))(remind)
job(name="clubs.tell", every=timedelta(minutes=2))(tell)
job(name="clubs.invite", every=timedelta(minutes=30))(invite)
job(name="clubs.tell_of_dates", every=timedelta(minutes=5))(tell_of_dates)
job(name="clubs.make_ahead", every=timedelta(hours=12))(make_all_ahead)
job(name="clubs.look_after", every=timedelta(days=1))(look_after)
job(name="clubs.put_right", every=timedelta(days=1))(put_right)
job(name="clubs.close_polls", every=timedelta(minutes=5))(close_those_due)
