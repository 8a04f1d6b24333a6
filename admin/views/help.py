"""使い方: an overview of the help pages, and each of them; the same for every town."""

from starlette.responses import Response

from admin import guide
from admin.desk import Desk, Missing
from admin.roles import Role
from admin.routes import Pages

pages = Pages()


@pages.get(guide.HOME, Role.VIEWER)
def get_help(desk: Desk) -> Response:
    """All help pages by chapter."""
    return desk.page("help/list.html.j2", chapters=guide.chapters())


@pages.get(f"{guide.HOME}/{{topic}}", Role.VIEWER)
def get_topic(desk: Desk) -> Response:
    """One help page."""
    topic = guide.topics().get(desk.path["topic"])
    if topic is None:
        raise Missing
    return desk.page("help/one.html.j2", topic=topic)
