"""What people are told when something changed about how they sign in: one sentence each, in one letter."""

from django.utils.translation import gettext_lazy as _

#: By allauth's name of the mail; filled with what allauth gives it.
NOTICES = {
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_reset": _("Your password was changed, by a link that we had sent to you."),
    "account/email/password_set": _("Your account has a password now."),
    "account/email/email_changed": _("We write to {to_email} from now on, no longer to {from_email}."),
    "account/email/email_deleted": _("The address {deleted_email} was taken out of your account."),
    "mfa/email/totp_activated": _("You are asked for a code from an app now when you sign in."),
    "mfa/email/totp_deactivated": _("You are asked for no code from an app any more when you sign in."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made; the old ones let nobody in any more."),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey was removed from your account."),
    "socialaccount/email/account_connected": _("One can sign in to your account with {provider.name} now."),
    "socialaccount/email/account_disconnected": _("One can sign in to your account with {provider.name} no longer."),
}
