"""The pages, put together."""

from datetime import timedelta

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from config import settings
from models.sign_in import SESSION_LASTS
from web import (
    addresses,
    answers,
    api_keys,
    api_reference,
    archive_settings,
    archives,
    attachments,
    audiences,
    brands,
    canaries,
    contacts,
    deliveries,
    drafts,
    editions,
    errors,
    exports,
    failed_jobs,
    farewells,
    headers,
    health,
    import_rows,
    import_runs,
    import_undoings,
    imports,
    inbound_emails,
    inbound_trials,
    inspections,
    invitations,
    layout,
    letters,
    list_changes,
    list_members,
    lists,
    looks,
    once,
    opt_ins,
    own_addresses,
    preferences,
    previews,
    publications,
    queues,
    readers,
    reroutings,
    results,
    revisions,
    schedules,
    segments,
    sendings,
    setup,
    sign_ins,
    sign_up_pages,
    sign_ups,
    snippets,
    streams,
    subscribers,
    subscriptions,
    suppressions,
    team_members,
    teams,
    today,
    tracking,
    trials,
    unsubscriptions,
    visitor,
    webhooks,
    workspaces,
)
from web.api import audiences as audiences_api
from web.api import deliveries as deliveries_api
from web.api import door, openapi
from web.api import drafts as drafts_api
from web.api import editions as editions_api
from web.api import import_rows as import_rows_api
from web.api import imports as imports_api
from web.api import lists as lists_api
from web.api import publications as publications_api
from web.api import readers as readers_api
from web.api import segments as segments_api
from web.api import sendings as sendings_api
from web.api import subscribers as subscribers_api

NOUNS = (
    addresses,
    answers,
    api_keys,
    api_reference,
    archive_settings,
    archives,
    attachments,
    brands,
    canaries,
    audiences,
    contacts,
    deliveries,
    drafts,
    editions,
    failed_jobs,
    exports,
    farewells,
    health,
    import_rows,
    import_runs,
    import_undoings,
    imports,
    inbound_emails,
    inbound_trials,
    inspections,
    invitations,
    letters,
    list_changes,
    list_members,
    lists,
    looks,
    opt_ins,
    preferences,
    own_addresses,
    publications,
    queues,
    readers,
    reroutings,
    results,
    revisions,
    schedules,
    segments,
    sendings,
    setup,
    sign_ins,
    sign_up_pages,
    sign_ups,
    snippets,
    streams,
    subscribers,
    subscriptions,
    suppressions,
    team_members,
    teams,
    today,
    tracking,
    trials,
    unsubscriptions,
    webhooks,
    workspaces,
)

API = (
    *(publications_api, drafts_api, editions_api, sendings_api, audiences_api, subscribers_api, readers_api),
    *(lists_api, segments_api, imports_api, import_rows_api, deliveries_api, openapi),
)


class Id(IntegerConverter):
    """A row's number: what PostgreSQL's bigint holds."""

    def __init__(self, map: Map):
        super().__init__(map, min=1, max=2**63 - 1)


def create_app() -> Flask:
    app = Flask("web", static_folder="static", template_folder="templates")
    app.config.update(_config())
    app.url_map.converters["id"] = Id
    app.session_interface = door.Sessions()
    for noun in (*NOUNS, *(() if settings.in_production else (previews,))):
        app.register_blueprint(noun.page)
    protection = CSRFProtect(app)
    for noun in API:
        app.register_blueprint(noun.page, url_prefix=f"/api/v1{noun.page.url_prefix or ''}")
        protection.exempt(noun.page)  # a key is in no cookie, so no page can make a browser send it
    protection.exempt(webhooks.page)
    for noun in (
        unsubscriptions,
        opt_ins,
        preferences,
        sign_ups,
        snippets,
    ):  # for whoever holds a link, and for forms on other sites
        protection.exempt(noun.page)
    protection.exempt(imports.page)  # these two ask for it themselves, once they have made room for a file
    protection.exempt(inbound_trials.page)
    for part in (visitor, headers, errors, layout, once):
        part.attach(app)
    if settings.in_production:
        app.wsgi_app = _behind_heroku(app.wsgi_app)  # type: ignore[method-assign]
    return app


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
