"""Every page and every route of the API: a module here, or in `web/api/`, whose `page` is a blueprint of its own.

Whoever adds one adds a file, and nothing else has to name it.
"""

import pkgutil
from importlib import import_module
from types import ModuleType

from flask import Blueprint

import web
import web.api
from web import (
    components,
    images,
    imports,
    inbound_trials,
    opt_ins,
    preferences,
    previews,
    sign_ups,
    unsubscriptions,
    webhooks,
)

IN_DEVELOPMENT = (previews, components)

# They need no token of ours in the form: a webhook has a password; whoever holds a link from a mail needs no session;
# forms to sign up stand on other sites, too; the last three ask for it themselves, once they have made room for a file.
UNGUARDED = (
    *(webhooks,),
    *(unsubscriptions, opt_ins, preferences),
    *(sign_ups,),
    *(images, imports, inbound_trials),
)


def _within(package: ModuleType) -> tuple[ModuleType, ...]:
    modules = (f"{package.__name__}.{found.name}" for found in pkgutil.iter_modules(package.__path__))
    return tuple(noun for name in modules if name != "web.wsgi" and _is_noun(noun := import_module(name)))


def _is_noun(module: ModuleType) -> bool:
    page = vars(module).get("page")
    return isinstance(page, Blueprint) and page.import_name == module.__name__


PAGES = tuple(noun for noun in _within(web) if noun not in IN_DEVELOPMENT)
API = _within(web.api)
