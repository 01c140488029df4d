"""Questions that fit any book: for organisers who have none at hand."""

from django.utils.translation import gettext_lazy as _

POOL = (
    _("Who in this section serves, and does anybody notice?"),
    _("Where did somebody do more than was asked? What did it cost them?"),
    _("Whom did you side with, and at which sentence did you begin to?"),
    _("What would the person on the other side of the counter say of this?"),
    _("Which rule in here helps, and which only looks as if it did?"),
    _("Where were you impatient with the book? With whom are you impatient in the same way?"),
    _("Which small thing would have changed everything?"),
    _("What does somebody here take for granted that another has made?"),
    _("Who is missing from this section?"),
    _("Read one sentence aloud that you would like to have written. Why that one?"),
    _("What was promised, and to whom? Was it kept?"),
    _("Where does help arrive too late, and what held it up?"),
    _("Which of these people would you like to have next to you on a hard Monday?"),
    _("What would this look like where you work?"),
    _("Whose work becomes easier because of what happens here? Whose becomes harder?"),
    _("What did you believe at the beginning of the section and not at its end?"),
    _("Where did somebody listen well? How could you tell?"),
    _("What would you ask the author, if they sat with us?"),
    _("Which question should somebody have asked, and did not?"),
    _("What would you leave out? What is missing?"),
    _("Where is kindness mistaken for weakness, or the other way round?"),
    _("What of this could be tried before we meet again?"),
    _("Who decides here, and who has to live with it?"),
    _("Which picture from this section will you still have in a month?"),
)
