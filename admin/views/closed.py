"""休止: one switch a channel, with the text that residents get instead of answers."""

from starlette.responses import Response

from admin.desk import Desk
from admin.forms import sentence
from admin.roles import Role
from admin.routes import TOWN, Pages
from knowledge import publishing
from knowledge.models import Town

pages = Pages()
HERE = f"{TOWN}/closed"
PAGE = "closed.html.j2"
CHANNELS = {"web": "ウェブ", "line": "LINE"}
MOST = 500  # characters: a message that is read in a disaster


@pages.get(HERE, Role.VIEWER)
def get_closed(desk: Desk) -> Response:
    """Which channels are closed, since when nobody need guess: the audit log says."""
    return desk.page(PAGE, channels=_channels(desk), most=MOST)


def _channels(desk: Desk) -> list[tuple[str, str, str, str]]:
    """Key, label, what residents are told now, and what the form offers."""
    town = desk.session.get_one(Town, desk.here.id)
    offered = sentence("closed_text", office=town.office, call=_call(town))
    told = {"web": town.closed_web, "line": town.closed_line}
    return [(key, label, told[key], told[key] or offered) for key, label in CHANNELS.items()]


def _call(town: Town) -> str:
    return sentence("closed_call", telephone=town.telephone) if town.telephone else ""


@pages.post(HERE, Role.APPROVER, action="town.closed")
def post_closed(desk: Desk) -> Response:
    """Closes a channel with a text, changes the text, or opens the channel; every process follows in two seconds."""
    channel = desk.form.one_of("channel", CHANNELS)
    switch = desk.form.one_of("switch", ("close", "open"))
    text = desk.form.text(f"text-{channel}", most=MOST, required=True, lines=True) if switch == "close" else ""
    if desk.form.problems:
        return desk.refuse(PAGE, channels=_channels(desk), most=MOST)
    town = desk.own_town()
    setattr(town, f"closed_{channel}", text)
    desk.session.flush()
    publishing.move_town(desk.session, town.id)
    label = CHANNELS[channel]
    desk.about(label, **{"状態": "休止" if text else "再開", **({"住民への文": text} if text else {})})
    return desk.done(f"/towns/{town.id}/closed", "channel_closed" if text else "channel_opened", channel=label)
