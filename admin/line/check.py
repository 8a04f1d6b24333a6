"""Whether a town's LINE account can answer: what LINE tells about it, a test delivery, and what only the clerk sees."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from admin.line.account import Account, Delivery, Refused
from admin.line.sentences import refusal, sentence
from bot.channels.line.menu import OURS
from bot.channels.line.messages import Messages, compose, welcome
from bot.channels.line.topics import topics
from bot.context import Context
from bot.rendering import as_json
from bot.responder import respond
from bot.settings import LineAccount
from bot.town import TownKnowledge

SECRET = re.compile("[0-9a-f]{32}")
SHORTEST_TOKEN = 80  # characters; long-lived ones have about 170
OF_THE_CLERK = ("redelivery", "auto_reply", "greeting")  # what LINE's API does not tell
UNSIGNED = (401, 403)
NO_TOWN = 404
BAD_REQUEST = 400
UNREACHED = 0
SAMPLES = 3  # replies; with the two messages of the welcome as many as LINE takes at once
Mark = Literal["○", "×", "？"]


@dataclass(frozen=True)
class Checked:
    """What is looked at: the settings' account, the town, and where residents reach this installation."""

    given: LineAccount
    town: TownKnowledge
    public_url: str
    key: bytes


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is right, and else what to do."""

    mark: Mark
    text: str


def _found(key: str, **values: object) -> Finding:
    return Finding("○" if key.endswith("_ok") else "×", sentence(key, **values))


def findings(checked: Checked, account: Account, ask: Callable[[str], bool | None]) -> Iterator[Finding]:
    """What is found, one after the other; `ask` asks the clerk a question, None where nobody is there to answer."""
    yield from _shapes(checked.given)
    for look in (_bot, _webhook, _messages, _menu):
        try:
            yield from look(checked, account)
        except Refused as refused:
            yield Finding("×", refusal(refused.status, refused.what))
            if refused.status in (UNREACHED, *UNSIGNED):
                return
    for key in OF_THE_CLERK:
        yield _answered(sentence(key), ask)


def _shapes(given: LineAccount) -> Iterator[Finding]:
    secret, token = given.channel_secret.get_secret_value(), given.channel_access_token.get_secret_value()
    faults = [
        key
        for key, bad in (("secret_bad", not SECRET.fullmatch(secret)), ("token_bad", len(token) < SHORTEST_TOKEN))
        if bad
    ]
    yield from map(_found, faults or ["shape_ok"])


def _bot(_: Checked, account: Account) -> Iterator[Finding]:
    bot = account.bot()
    yield _found("bot_ok", name=bot["displayName"], id=bot["basicId"])
    yield _found("chat_ok" if bot["chatMode"] == "bot" else "chat_bad")


def _webhook(checked: Checked, account: Account) -> Iterator[Finding]:
    path = f"/line/{checked.town.library.town.id}/webhook"
    wanted = checked.public_url.rstrip("/") + path
    found = account.webhook()
    if not found or not found.get("endpoint"):
        yield _found("address_missing", wanted=wanted)
        return
    address = str(found["endpoint"])
    if urlsplit(address).scheme != "https":
        yield _found("address_plain", address=address)
    elif checked.public_url and address != wanted:
        yield _found("address_other", address=address, wanted=wanted)
    elif urlsplit(address).path != path:
        yield _found("address_path", address=address, wanted=path)
    else:
        yield _found("address_ok", address=address)
    yield _found("active_ok" if found.get("active") else "active_bad")
    yield _delivered(account.test_delivery())


def _delivered(delivery: Delivery) -> Finding:
    if delivery.success:
        return _found("delivery_ok")
    if delivery.status in UNSIGNED:
        return _found("delivery_secret")
    if delivery.status == NO_TOWN:
        return _found("delivery_town")
    return _found("delivery_bad", reason=delivery.reason, status=delivery.status)


def _messages(checked: Checked, account: Account) -> Iterator[Finding]:
    sent = samples(checked.town, checked.public_url, checked.key)
    try:
        account.validate(sent)
    except Refused as refused:
        if refused.status != BAD_REQUEST:
            raise
        yield _found("messages_bad")
    else:
        yield _found("messages_ok", count=len(sent))


def samples(town: TownKnowledge, public_url: str, key: bytes) -> Messages:
    """The welcome and some answers, as residents would get them."""
    sent = welcome(town)
    for topic in topics(town, SAMPLES):
        said = as_json(respond(topic.ask, Context(), town).reply, town.office)
        sent += compose(said, town, turn=1, conversation="", user="", key=key, public_url=public_url)
    return sent


def _menu(checked: Checked, account: Account) -> Iterator[Finding]:
    shown = account.default_menu()
    ours = {menu["richMenuId"] for menu in account.menus() if str(menu["name"]).startswith(OURS)}
    yield _found("menu_ok") if shown in ours else _found("menu_bad", town=checked.town.library.town.id)


def _answered(question: str, ask: Callable[[str], bool | None]) -> Finding:
    """What the clerk says about what LINE's API does not tell."""
    match ask(question):
        case True:
            return Finding("○", f"{question} → {sentence('asked_yes')}")
        case False:
            return Finding("×", f"{question} → {sentence('asked_no')}")
        case None:
            return Finding("？", f"{question} → {sentence('asked_later')}")
