"""Ways in, and the doors of one's own login. Nobody here has a second factor, a passkey or a company sign-on.

Whoever is signed in and asks to sign in is sent on to Today; a change that matters asks for the password again first.
"""

from tests.permissions.matrix import EVERYONE, SIGNED_IN, Row

KEY = {"uidb36": "1", "key": "run-out"}
NO_PROVIDER = {"provider_id": "nobody"}
NO_PASSKEY = {"pk": 1}

ROWS = [
    Row("account_login", get=EVERYONE, post=EVERYONE, get_status=(200, 302)),
    Row("account_signup", get=EVERYONE, post=EVERYONE, get_status=(200, 302)),
    Row("account_logout", get=EVERYONE, post=EVERYONE, get_status=(200, 302)),
    Row("account_inactive", get=EVERYONE),
    Row("account_request_login_code", get=EVERYONE, post=EVERYONE, get_status=(200, 302)),
    Row("account_confirm_login_code", get=SIGNED_IN, post=SIGNED_IN, get_status=302),
    Row("account_reauthenticate", get=SIGNED_IN, post=SIGNED_IN),
    Row("account_email", get=SIGNED_IN, post=SIGNED_IN),
    Row("account_email_verification_sent", get=SIGNED_IN, post=SIGNED_IN, get_status=302),
    Row("account_change_password", get=SIGNED_IN, post=SIGNED_IN),
    Row("account_set_password", get=SIGNED_IN, post=SIGNED_IN, get_status=302),
    Row("account_reset_password", get=EVERYONE, post=EVERYONE),
    Row("account_reset_password_done", get=EVERYONE),
    Row("account_reset_password_from_key", kwargs=KEY, get=EVERYONE, post=EVERYONE),
    Row("account_reset_password_from_key_done", get=EVERYONE),
    Row("mfa_index", get=SIGNED_IN),
    Row("mfa_authenticate", get=SIGNED_IN, post=SIGNED_IN, get_status=302),
    Row("mfa_reauthenticate", get=SIGNED_IN, post=SIGNED_IN, get_status=302),
    Row("mfa_activate_totp", get=SIGNED_IN, post=SIGNED_IN, get_status=302),
    Row("mfa_deactivate_totp"),
    Row("mfa_view_recovery_codes"),
    Row("mfa_generate_recovery_codes", get=SIGNED_IN, post=SIGNED_IN, get_status=302),
    Row("mfa_download_recovery_codes"),
    Row("mfa_list_webauthn", get=SIGNED_IN),
    Row("mfa_add_webauthn", get=SIGNED_IN, post=SIGNED_IN, get_status=302),
    Row("mfa_reauthenticate_webauthn", get=SIGNED_IN, post=SIGNED_IN, get_status=302),
    Row("mfa_remove_webauthn", kwargs=NO_PASSKEY, get=SIGNED_IN, post=SIGNED_IN, get_status=302),
    Row("mfa_edit_webauthn", kwargs=NO_PASSKEY, get=SIGNED_IN, post=SIGNED_IN, get_status=302),
    Row("mfa_login_webauthn", get=SIGNED_IN, post=SIGNED_IN, get_status=302),
    Row("usersessions_list", get=SIGNED_IN, post=SIGNED_IN),
    Row("socialaccount_connections", get=SIGNED_IN, post=SIGNED_IN),
    Row("socialaccount_signup"),
    Row("socialaccount_login_cancelled", get=EVERYONE),
    Row("socialaccount_login_error", get=EVERYONE, get_status=401),
    Row("openid_connect_login", kwargs=NO_PROVIDER),
    Row("openid_connect_callback", kwargs=NO_PROVIDER),
]
