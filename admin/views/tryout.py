"""試す: a question as a resident would ask it, with the reply, what else was near, and why; nothing is recorded."""

from starlette.responses import Response

from admin.desk import Desk
from admin.roles import Role
from admin.routes import TOWN, Pages
from bot.channels.web.blocks import blocks
from bot.explaining import explain

pages = Pages()
HERE = f"{TOWN}/try"
PAGE = "try.html.j2"
LONGEST = 500  # characters, as residents may send


@pages.get(HERE, Role.VIEWER)
def get_try(desk: Desk) -> Response:
    """The form."""
    return desk.page(PAGE, told=None, blocks=[])


@pages.post(HERE, Role.VIEWER, action="try.asked")
def post_try(desk: Desk) -> Response:
    """The reply by the same engine as residents'; a post, so that the words stand in no address."""
    question = desk.form.text("question", most=LONGEST, required=True, lines=True)
    if desk.form.problems:
        return desk.refuse(PAGE, told=None, blocks=[])
    told = explain(desk.knowledge, question)
    return desk.answer(PAGE, told=told, blocks=blocks(told.reply["text"], offers=bool(told.reply["choices"])))
