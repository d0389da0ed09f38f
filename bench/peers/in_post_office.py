"""`python -m bench.peers.in_post_office enqueue N`, then `… send PROCESSES THREADS BATCH` until nothing waits.

django-post-office keeps its own row for each mail and renders it when it is sent; django-anymail talks to Postmark.
"""

import os
import sys
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.management import call_command

from bench.peers.work import template

NAME = "note"


def start(threads: int = 5, batch: int = 100) -> None:
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "anymail", "post_office"],
        DATABASES={"default": _database()},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        EMAIL_BACKEND="post_office.EmailBackend",
        ANYMAIL={"POSTMARK_SERVER_TOKEN": "peers", "POSTMARK_API_URL": os.environ["POSTMARK_API_URL"]},
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "NAME": "django"}],
        POST_OFFICE={
            "BACKENDS": {"default": "anymail.backends.postmark.EmailBackend"},
            "THREADS_PER_PROCESS": threads,
            "BATCH_SIZE": batch,
            "LOG_LEVEL": 0,
        },
        USE_TZ=True,
    )
    django.setup()


def enqueue(n: int) -> None:
    from post_office import mail
    from post_office.models import Email, EmailTemplate

    call_command("migrate", verbosity=0)
    Email.objects.all().delete()
    letter = template()
    note, _ = EmailTemplate.objects.update_or_create(
        name=NAME,
        language="",
        defaults={"subject": "Note G", "content": letter["text"], "html_content": letter["html"]},
    )
    mail.send_many([_mail(number, note) for number in range(1, n + 1)])


def _mail(number: int, note: object) -> dict[str, object]:
    email = f"reader{number}@readers.example"
    values = {
        "name": f"Reader {number}",
        "email": email,
        "unsubscribe_link": f"https://example.com/unsubscribe/{number}",
    }
    return {
        "recipients": [email],
        "sender": "Notes <notes@example.com>",
        "template": note,
        "context": values,
        "render_on_delivery": True,
    }


def _database() -> dict[str, object]:
    return {"ENGINE": "django.db.backends.postgresql", **_parts(os.environ["DATABASE_URL"])}


def _parts(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    return {
        "HOST": parts.hostname,
        "PORT": parts.port,
        "USER": parts.username,
        "PASSWORD": parts.password or "",
        "NAME": parts.path.lstrip("/"),
    }


if __name__ == "__main__":
    if sys.argv[1] == "enqueue":
        start()
        enqueue(int(sys.argv[2]))
    else:
        processes, threads, batch = map(int, sys.argv[2:5])
        start(threads, batch)
        call_command("send_queued_mail", processes=processes, lockfile=os.environ["PEERS_LOCK"])
