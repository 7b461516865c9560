"""One settings module for development, test and service; the environment decides what differs."""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from zhuoyue.config import environment

PACKAGE = Path(__file__).resolve().parent.parent
DATA = environment.data_folder()
SECRET_KEY = environment.secret_key(DATA)
DEBUG = environment.flag("DEBUG")
ALLOWED_HOSTS = environment.text("HOSTS", "localhost,127.0.0.1,[::1]").split(",")
PUBLIC_URL = environment.text("PUBLIC_URL", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

DOMAIN_APPS = [
    "zhuoyue.domain.accounts",
    "zhuoyue.domain.orgs",
    "zhuoyue.domain.criteria",
    "zhuoyue.domain.programmes",
    "zhuoyue.domain.experts",
    "zhuoyue.domain.dossiers",
    "zhuoyue.domain.judging",
    "zhuoyue.domain.applications",
    "zhuoyue.domain.assessments",
    "zhuoyue.domain.review",
    "zhuoyue.domain.outcomes",
    "zhuoyue.domain.office",
]
FACES = [
    "zhuoyue.web.public",
    "zhuoyue.web.account",
    "zhuoyue.web.applicant",
    "zhuoyue.web.recommender",
    "zhuoyue.web.expert",
    "zhuoyue.web.jury",
    "zhuoyue.web.secretariat",
]
# ours first: the accounts library finds our templates before its own
INSTALLED_APPS = [
    "zhuoyue.config",
    "zhuoyue.kernel",
    *DOMAIN_APPS,
    "zhuoyue.web.shared",
    *FACES,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_cotton",
    "django_tasks",
    "django_tasks_db",
    "rules",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "zhuoyue.web.shared.privacy.unkept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "zhuoyue.web.shared.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhuoyue.web.account.second_factor.Demanded",
    "zhuoyue.web.shared.errors.worded",
]
ROOT_URLCONF = "zhuoyue.config.urls"
WSGI_APPLICATION = "zhuoyue.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                ),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zhuoyue.web.shared.context.frame",
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]
COTTON_DIR = "cotton"

# ---- data. SQLite settings are explained and checked in kernel.durability
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA cache_size=-500; "
    "PRAGMA secure_delete=ON;"
)
DATABASES = {
    "default": dj_database_url.parse(environment.text("DATABASE_URL") or f"sqlite:///{DATA / 'zhuoyue.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": SQLITE_PRAGMAS}
else:
    # statements are planned once for each connection: that took more than answering them
    DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    DATABASES["default"].setdefault("OPTIONS", {}).update({"server_side_binding": True, "prepare_threshold": 2})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FILES_FOLDER = DATA / "files"
CLOCK_FILE = DATA / "clock.json"
DEMONSTRATION_FILE = DATA / "demonstration"
# shared by the server's processes: attempts to sign in are counted here
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}

# ---- people
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["zhuoyue.web.account.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "zhuoyue.domain.accounts.passwords.LengthValidator"},
    {"NAME": "zhuoyue.domain.accounts.passwords.BlocklistValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
LOGIN_URL = "/account/sign-in/"
LOGIN_REDIRECT_URL = "/account/home/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# an address is proved by six digits in a letter; nobody is told which addresses have an account
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_PREVENT_ENUMERATION = True
# an office or a company signs in from one address: what is typed wrong is counted for each account
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "300/m/ip,5/5m/key", "confirm_email": "1/10s/key,6/10m/key"}
# a whole company may sit behind one address; nobody's mailbox is filled by strangers
VISITOR_RATE_LIMITS = {"objection": "20/h/ip,5/h/key", "objection_letter": "60/h/ip,5/h/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(environment.text("PROXIES", "0"))
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "zhuoyue.web.account.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "zhuoyue.web.account.forms.SignupForm",
    "confirm_email_verification_code": "zhuoyue.web.account.forms.CodeForm",
    "reset_password": "zhuoyue.web.account.forms.ResetPasswordForm",
    "change_password": "zhuoyue.web.account.forms.ChangePasswordForm",
    "reset_password_from_key": "zhuoyue.web.account.forms.ResetPasswordKeyForm",
}
ACCOUNT_LOGOUT_ON_GET = False
LOGOUT_URL = "/account/sign-out/"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "卓越 Zhuoyue"

# ---- language and time: Chinese is the source language of the interface
FORM_RENDERER = "zhuoyue.web.shared.forms.PageRenderer"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("TIME_ZONE", "Asia/Shanghai")

# ---- static files
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# ---- mail: without a host it stays in the outbox, readable there
EMAIL_HOST = environment.text("SMTP_HOST")
EMAIL_PORT = int(environment.text("SMTP_PORT", "25"))
EMAIL_HOST_USER = environment.text("SMTP_USER")
EMAIL_HOST_PASSWORD = environment.text("SMTP_PASSWORD")
EMAIL_USE_TLS = environment.flag("SMTP_TLS")
EMAIL_USE_SSL = environment.flag("SMTP_SSL")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", "zhuoyue@localhost")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# ---- protection
SESSION_ENGINE = "zhuoyue.kernel.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https:")
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "zhuoyue.web.shared.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
SILENCED_SYSTEM_CHECKS: list[str] = []
