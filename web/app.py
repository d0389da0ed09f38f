"""The pages, put together."""

from datetime import timedelta
from typing import Any

from flask import Flask, Request
from flask_wtf.csrf import CSRFProtect
from werkzeug.datastructures import Authorization
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, UnicodeConverter

from config import settings
from models.sign_in import SESSION_LASTS
from web import errors, headers, layout, navigation, nouns, once, visitor
from web.api import door


class Id(IntegerConverter):
    """A row's number: of those that PostgreSQL's bigint holds, the ones that will ever be given out.

    By its pattern, since a number that is refused later counts as a path that is there, for another method.
    """

    regex = r"[1-9]\d{0,17}"


class Word(UnicodeConverter):
    """A piece of a path without NUL, which PostgreSQL holds in no text: nothing that is ours is called so."""

    def __init__(self, *about: Any, **named: Any):
        super().__init__(*about, **named)
        self.regex = self.regex.replace("[^/]", "[^/\\0]")


class Asked(Request):
    @property
    def authorization(self) -> Authorization | None:
        """None for what is no header of its kind either: Werkzeug falls over letters that Base64 has not."""
        try:
            return super().authorization
        except ValueError:
            return None


def create_app() -> Flask:
    app = Flask("web", static_folder="static", template_folder="templates")
    app.config.update(_config())
    app.url_map.converters |= {"id": Id, "default": Word, "string": Word}
    app.request_class = Asked
    app.session_interface = door.Sessions()
    _register(app)
    for part in (visitor, headers, errors, layout, navigation, once):
        part.attach(app)
    if settings.in_production:
        app.wsgi_app = _behind_heroku(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _register(app: Flask) -> None:
    for noun in (*nouns.PAGES, *(() if settings.in_production else nouns.IN_DEVELOPMENT)):
        app.register_blueprint(noun.page)
    protection = CSRFProtect(app)
    for noun in nouns.API:
        app.register_blueprint(noun.page, url_prefix=f"/api/v1{noun.page.url_prefix or ''}")
        protection.exempt(noun.page)  # a key is in no cookie, so no page can make a browser send it
    for noun in nouns.UNGUARDED:
        protection.exempt(noun.page)


def _config() -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "postroom",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.in_production,
        "PERMANENT_SESSION_LIFETIME": SESSION_LASTS,
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=365),
        "MAX_CONTENT_LENGTH": 1_000_000,
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _behind_heroku(wsgi_app: object) -> ProxyFix:
    """Heroku's router sets these two itself and adds to what a client claims; X-Forwarded-Host it passes on unseen."""
    return ProxyFix(wsgi_app, x_for=1, x_proto=1, x_host=0, x_port=0, x_prefix=0)  # type: ignore[arg-type]
