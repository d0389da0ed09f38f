"""Where the links in mails lead. They start at the address where the workspace was set up."""

from datetime import date

from models import token
from models.archive import READER, Readers, readers
from models.edition import Edition
from models.image import Image
from models.opt_in import OptIn
from models.publication import Publication
from models.sign_in import SignIn
from models.subscription import token_of
from models.team import Team
from models.traces.sight import CANARY
from models.user_address import UserAddress
from models.workspace import Workspace


def home(workspace: Workspace) -> str:
    return f"{workspace.base_url}/"


def sign_in(each: SignIn) -> str:
    return f"{each.workspace.base_url}/sign-in/{each.token}"


def sessions(workspace: Workspace) -> str:
    return f"{workspace.base_url}/settings/sessions"


def team(each: Team) -> str:
    return f"{each.workspace.base_url}/teams/{each.id}"


def team_settings(each: Team) -> str:
    return f"{each.workspace.base_url}/teams/{each.id}/edit"


def publication(workspace: Workspace, publication_id: int) -> str:
    return f"{workspace.base_url}/publications/{publication_id}"


def picture(workspace: Workspace, image: Image) -> str:
    return f"{workspace.base_url}/pictures/{image.file}"


def edition(workspace: Workspace, edition_id: int) -> str:
    return f"{workspace.base_url}/editions/{edition_id}"


def unsubscribe(workspace: Workspace, subscription_id: int) -> str:
    return f"{workspace.base_url}/unsubscribe/{token_of(subscription_id)}"


def preferences(workspace: Workspace, subscription_id: int) -> str:
    """Where a reader chooses what they get."""
    return f"{workspace.base_url}/preferences/{token_of(subscription_id)}"


def preferences_beside(unsubscribe_link: str) -> str:
    """The same reader's preferences: both carry one token, and a signature a reader costs time."""
    start, _, held = unsubscribe_link.rpartition("/unsubscribe/")
    return f"{start}/preferences/{held}"


def opt_in(each: OptIn) -> str:
    return f"{each.workspace.base_url}/opt-ins/{each.token}"


def sign_up(workspace: Workspace, slug: str) -> str:
    """A publication's public page."""
    return f"{workspace.base_url}/subscribe/{slug}"


def canary(workspace: Workspace) -> str:
    """A page that nobody is led to: see `emails.canary`."""
    return f"{workspace.base_url}{CANARY}"


def archive(workspace: Workspace, slug: str) -> str:
    """Where a publication's past editions are read."""
    return f"{workspace.base_url}/archive/{slug}"


def read(publication: Publication, edition: Edition, subscription_id: int) -> str:
    """Where this reader reads it in the browser: its public page, or behind a link of their own."""
    if readers(publication, edition) == Readers.EVERYBODY:
        return f"{archive(publication.workspace, publication.slug or '')}/{edition.id}"
    return f"{reader(publication.workspace, subscription_id)}/{edition.id}"


def reader(workspace: Workspace, subscription_id: int) -> str:
    """A reader's own archive."""
    return f"{workspace.base_url}/readers/{token.sealed(READER, subscription_id)}"


def address_confirmation(each: UserAddress) -> str:
    return f"{each.workspace.base_url}/addresses/{each.token}"


def farewell(workspace: Workspace, member_id: int) -> str:
    """Where whoever wrote `stop` says that they mean it."""
    return f"{workspace.base_url}/farewells/{token.sealed('farewell', member_id)}"


def day(each: Team, local_date: date) -> str:
    return f"{team(each)}?day={local_date.isoformat()}"


def notice_settings(workspace: Workspace) -> str:
    return f"{workspace.base_url}/settings/notices"


def letter(workspace: Workspace, email_id: int) -> str:
    return f"{workspace.base_url}/letters/{email_id}"
