"""bin/console: what is worth having at hand in an interactive Python."""

from config import settings
from models import clock, db

print(f"Postroom ({settings.environment}). At hand: settings, clock, db — `with db.transaction() as session: …`")
__all__ = ["clock", "db", "settings"]
