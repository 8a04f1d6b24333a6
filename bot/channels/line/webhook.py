"""`POST /line/{town}/webhook`: check the signature on the raw bytes, store, acknowledge; answering comes after."""

import base64
import hashlib
import hmac
import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.line import intake
from bot.channels.line.events import Incoming, Kind, PassedOver, read_event
from bot.channels.line.keeping import Keeper
from bot.channels.line.postbacks import read as read_postback
from bot.channels.line.worker import Worker
from bot.channels.web.api import Refused, TownId
from bot.metrics import LINE_DELIVERED, LINE_WEBHOOKS
from bot.settings import LineAccount
from knowledge.mishaps import name_of

MOST_BYTES = 1_048_576  # of one delivery; LINE names no limit, a text is at most 10,000 characters
SIGNATURE = "x-line-signature"
log = structlog.get_logger()
router = APIRouter(include_in_schema=False)


@dataclass
class LineDoor:
    """What the webhook needs of its process."""

    accounts: dict[str, LineAccount]
    key: bytes
    keeper: Keeper
    worker: Worker


@router.post("/line/{town}/webhook")
async def post_webhook(town: TownId, request: Request) -> Response:
    """200 once every event is stored; 4xx where it is not LINE who sends; 5xx, so that LINE sends again."""
    try:
        events = await _accept(town, request)
    except Refused as refused:
        _note(town, refused.status, 0)
        raise
    _note(town, 200, events)
    return Response(status_code=200)


async def _accept(town: str, request: Request) -> int:
    """Stores what was delivered; the number of events. Raises Refused."""
    door: LineDoor | None = getattr(request.app.state, "line", None)
    account = door.accounts.get(town) if door else None
    if door is None or account is None or town not in request.app.state.around.registry.towns:
        raise Refused(404, "no_line_account")
    body = await _body(request)
    check_signature(body, request.headers.get(SIGNATURE, ""), account.secrets)
    given = _events(body)
    now = datetime.now(UTC)
    try:
        with door.worker.deliveries.being_stored():
            kept = await _store(door, town, given, now)
    except SQLAlchemyError as error:
        log.error("line events not stored", town=town, error=name_of(error))
        raise Refused(503, "not_stored") from None
    for incoming in kept:
        if incoming.one_to_one and incoming.token and incoming.kind in (Kind.TEXT, Kind.POSTBACK):
            door.worker.waiting.expect(town, incoming.id, incoming.user_id)
    if kept:
        door.worker.wake()
    return len(given)


def check_signature(body: bytes, given: str, secrets: tuple[bytes, ...]) -> None:
    """Raises Refused unless the signature is that of the raw body under one of the secrets; in constant time."""
    if not given:
        raise Refused(401, "no_signature")
    fits = [hmac.compare_digest(signature(body, secret), given.encode(errors="replace")) for secret in secrets]
    if not any(fits):
        raise Refused(403, "wrong_signature")


def signature(body: bytes, secret: bytes) -> bytes:
    """Base64 of HMAC-SHA256 under the channel secret, over the bytes as they came."""
    return base64.b64encode(hmac.new(secret, body, hashlib.sha256).digest())


async def _body(request: Request) -> bytes:
    """The raw body, of known or unknown length; raises Refused where it is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Refused(413, "too_large_delivery")
    return bytes(body)


def _events(body: bytes) -> list[Any]:
    try:
        given = json.loads(body)
        events = given["events"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused(400, "bad_delivery") from None
    if not isinstance(events, list):
        raise Refused(400, "bad_delivery")
    return events


async def _store(door: LineDoor, town: str, given: list[Any], now: datetime) -> list[Incoming]:
    """Reads, masks and stores; the events that are to be answered."""
    read = [_checked(read_event(each), town, door.key) for each in given]
    events = list({each.id: each for each in read if isinstance(each, Incoming)}.values())
    new = 0
    if events:
        rows = [intake.row_of(event, town, door.key, now) for event in events]
        new = await door.keeper.keep(rows, frozenset(event.id for event in events if event.redelivered))
    _count(town, read, new, len(events) - new)
    return events


def _checked(event: Incoming | PassedOver, town: str, key: bytes) -> Incoming | PassedOver:
    """A button's tap only if we signed it, for whoever tapped it."""
    if isinstance(event, PassedOver) or event.kind is not Kind.POSTBACK:
        return event
    known = read_postback(event.said, key, intake.talk_of(event, town, key))
    return event if known is not None else PassedOver("postback", "forged")


def _count(town: str, read: list[Incoming | PassedOver], new: int, again: int) -> None:
    for (kind, became), count in Counter(
        (each.kind.value, "stored") if isinstance(each, Incoming) else (each.type, each.why) for each in read
    ).items():
        LINE_DELIVERED.labels(town=town, kind=kind, as_=became).inc(count)
        if became == "operator":
            log.warning("line account event", town=town, kind=kind)
    LINE_DELIVERED.labels(town=town, kind="all", as_="new").inc(new)
    LINE_DELIVERED.labels(town=town, kind="all", as_="again").inc(again)


def _note(town: str, status: int, events: int) -> None:
    """The own log of the webhook that LINE's guidelines ask for: when, where, what was returned."""
    LINE_WEBHOOKS.labels(town=town, status=str(status)).inc()
    log.info("line webhook", path=f"/line/{town}/webhook", status=status, events=events)
