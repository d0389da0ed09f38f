"""The nouns. Importing any of them makes all of them known, so that each can name the others in its relationships."""

from models import (  # noqa: F401
    contact,
    delivery_event,
    digest,
    edition,
    entry,
    inbound_email,
    membership,
    pause,
    prompt,
    publication,
    rejection,
    sign_in,
    stream,
    subscription,
    suppression,
    team,
    team_member,
    user,
    workspace,
)
