"""bin/console: what is worth having at hand in an interactive Python."""

from config import settings
from models import clock, db

NOUNS = {mapper.class_.__name__: mapper.class_ for mapper in db.Base.registry.mappers}
globals().update(NOUNS)

print(f"Postroom ({settings.environment}). At hand: settings, clock, db, {', '.join(sorted(NOUNS))}")
print("with db.transaction() as tx: …")
__all__ = ["clock", "db", "settings"]
