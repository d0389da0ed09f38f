"""The nouns. Importing any of them makes all of them known, so that each can name the others in its relationships."""

from models import (  # noqa: F401
    api_answer,
    api_key,
    attachment,
    audit_event,
    bulk_change,
    check,
    comment,
    contact,
    delivery_event,
    digest,
    edition,
    entry,
    erasure,
    finding,
    forwarding,
    image,
    image_use,
    inbound_email,
    inspection,
    last_heard,
    mail_piece,
    membership,
    notice,
    opt_in,
    password,
    pause,
    prompt,
    publication,
    raw_mail,
    rejection,
    revision,
    sample,
    second_factor,
    setback,
    sign_in,
    snippet,
    standing,
    stream,
    subscription,
    subscription_change,
    suppression,
    team,
    team_member,
    throttle,
    trial,
    user,
    user_address,
    workspace,
)
from models.exports import export  # noqa: F401
from models.imports import file, row, tally  # noqa: F401
from models.lists import change, list, member  # noqa: F401
from models.segments import segment  # noqa: F401
from models.traces import growth, link, trace  # noqa: F401
from models.traces import tally as edition_tally  # noqa: F401
from models.verifying import mail_domain, verification  # noqa: F401
