"""The states that an edition goes through, as `models.edition` tells them."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    ADDRESSING = "addressing"
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"
    CANCELED = "canceled"


DRAFTS = (State.DRAFT, State.SCHEDULED)  # what they say can still be changed
STATES = ", ".join(f"'{state}'" for state in State)

# Whose deliveries may be sent at this moment.
GOING_OUT = """
    select e.id from editions e join publications p on p.id = e.publication_id
    where e.state = 'sending' and p.paused_at is null
"""
