"""The one settings file. What differs between machines comes from `config.env`."""

from zoneinfo import available_timezones

from csp.constants import NONE, SELF

from config import env, sign_on
from config.logs import one_line_each
from config.services import caches, database, mail_backend

ROOT, VAR = env.ROOT, env.VAR
VAR.mkdir(parents=True, exist_ok=True)

# Who we are ---------------------------------------------------------------------------------------------------
SECRET_KEY, DEBUG, ALLOWED_HOSTS = env.SECRET_KEY, env.DEBUG, env.ALLOWED_HOSTS
SECRET_KEY_FALLBACKS = env.SECRET_KEY_FALLBACKS
LOCAL, SITE_URL = env.LOCAL, env.SITE_URL
SECURE = SITE_URL.startswith("https://")
ROOT_URLCONF, WSGI_APPLICATION = "config.urls", "config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
WAGTAILIMAGES_IMAGE_MODEL = "content.Picture"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1
LANGUAGE_CODE, TIME_ZONE = env.LANGUAGE_CODE, env.TIME_ZONE
# One a site: the shared copies of pages are in it, whatever a browser prefers.
LANGUAGES = [(LANGUAGE_CODE, LANGUAGE_CODE)]
USE_I18N = USE_TZ = True
LOCALE_PATHS = [ROOT / "locale"]

# The house, from the top floor down (see the import contracts in pyproject.toml) -------------------------------
INSTALLED_APPS = [
    "config",
    "clubs",
    "movement",
    "content",
    "conversation",
    "postbox",
    "accounts",
    "ui",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.cms_users_app.PeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_comments_xtd",
    "django_comments",
    "rest_framework",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "post_office",
    "django_htmx",
    "csp",
    "template_partials",
    "django.contrib.sites",
    "django.forms",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "postbox.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "content.pagecache.PageCacheMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "compression_middleware.middleware.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.OddInputMiddleware",
    "config.middleware.DatabaseAwayMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.PrivateResponseMiddleware",
    "accounts.middleware.PersonTimeZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.CmsPolicyMiddleware",
    "content.cms.guard.DeskMiddleware",
    "accounts.middleware.OnwardMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "content.context_processors.organisation",
                "movement.context_processors.opened_places",
            ],
            "builtins": ["ui.templatetags.ui", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data ---------------------------------------------------------------------------------------------------------
DATABASES = {"default": database(env.DATABASE_URL)}
REDIS_URL = env.REDIS_URL
CACHES = caches(REDIS_URL)
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Background work: the queue is in Redis when there is one, in the database otherwise ---------------------------
if REDIS_URL:
    INSTALLED_APPS += ["django_tasks_rq", "django_rq"]
    RQ_QUEUES = {"default": {"URL": REDIS_URL, "DEFAULT_TIMEOUT": 3600}}
    RQ = {"JOB_CLASS": "django_tasks_rq.Job"}
    TASKS = {"default": {"BACKEND": "postbox.redis_queue.AfterCommitBackend", "QUEUES": ["default"]}}
else:
    TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Mail: written as rows in the request's transaction, sent by the worker ----------------------------------------
EMAIL_BACKEND = "postbox.backend.QueueBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.DEFAULT_FROM_EMAIL
MAIL_RATE = env.MAIL_RATE
BOUNCE_ADDRESS, BOUNCE_MAILBOX = env.BOUNCE_ADDRESS, env.BOUNCE_MAILBOX
MAIL_FOLDER = VAR / "mails" if env.EMAIL_URL == "folder" else None
MAIL_BACKEND, _mail_server = mail_backend(env.EMAIL_URL)
globals().update(_mail_server)
EMAIL_FILE_PATH = MAIL_FOLDER
POST_OFFICE = {
    "BACKENDS": {"default": MAIL_BACKEND},
    "DEFAULT_PRIORITY": "medium",
    "MAX_RETRIES": 8,
    "MESSAGE_ID_ENABLED": True,
    "BATCH_SIZE": 100,
    "THREADS_PER_PROCESS": 1,
}

# People -------------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["accounts.backends.OneReadBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "/me/", "/"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.sign_on.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_FORMS = {"signup": "accounts.sign_up.SignupForm"}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = env.TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = "Groundswell"
USERSESSIONS_TRACK_ACTIVITY = False
# Accounts from elsewhere: none until the environment names them.
_social_apps, _social_providers = sign_on.social()
INSTALLED_APPS += _social_apps
SOCIALACCOUNT_PROVIDERS = sign_on.company() | _social_providers

# The wire -----------------------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.TRUSTED_PROXIES else None
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "ui.views.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the CMS previews pages in a frame of its own
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other hosts of the same domain are not ours to decide about
    "security.W019",  # asks for DENY above
    "security.W021",
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_582_912  # a text far too long is answered by its form, with the text kept
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a long StreamField page has many

# Files --------------------------------------------------------------------------------------------------------
STATIC_URL, STATIC_ROOT, STATICFILES_DIRS = "/static/", VAR / "static", [ROOT / "site" / "static"]
MEDIA_URL, MEDIA_ROOT = "/media/", env.MEDIA_ROOT
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.PRIVATE_ROOT, "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or env.PLAIN_STATIC
        else "ui.storage.BundledStaticFilesStorage"
    },
}
CHECK_LINKS = env.CHECK_LINKS
PAGE_CACHE_SECONDS = env.PAGE_CACHE_SECONDS
READS_KEPT_EVERY = 30  # seconds that the reads counted by a web process wait in its memory

# Wagtail ------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Groundswell"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Passwords and addresses are allauth's: its limits, its confirmation, its second factor.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
# Not the aliases of this machine ("localtime"), which no browser knows.
WAGTAIL_USER_TIME_ZONES = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
WAGTAIL_FINISH_WORKFLOW_ACTION = "content.mailings.approving.publish_what_is_approved"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
PEERTUBE_HOSTS = env.PEERTUBE_HOSTS
WAGTAILIMAGES_IMAGE_FORM_BASE = "content.cms.pictures.PictureForm"
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "content.cms.richtext.TextArea"}}
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_AUTOSAVE_INTERVAL = 2_000
TAGGIT_CASE_INSENSITIVE = True

# Comments -----------------------------------------------------------------------------------------------------
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MAX_THREAD_LEVEL = 1  # a comment and its replies: two levels
COMMENTS_XTD_CONFIRM_EMAIL = True
COMMENTS_XTD_SALT = SECRET_KEY.encode()
HOLD_FIRST_COMMENTS = env.HOLD_FIRST_COMMENTS
COMMENTS_TIMEOUT = 4 * 3600

# Logs: one line each on stderr, without e-mail addresses -------------------------------------------------------
LOGGING = one_line_each(env.LOG_LEVEL)
