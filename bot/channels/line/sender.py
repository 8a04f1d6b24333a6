"""Sends replies through LINE's SDK, reply only, and says what became of each; nothing of a message is logged.

Importing the SDK takes a second and 70 MB: this module is imported only where a town has a LINE account.
"""

import asyncio
import json
from dataclasses import dataclass
from typing import Any, Literal

import structlog
from aiohttp import ClientConnectorError, ClientError, InvalidURL
from linebot.v3.messaging import (
    AsyncApiClient,
    AsyncMessagingApi,
    Configuration,
    ReplyMessageRequest,
    ShowLoadingAnimationRequest,
)
from linebot.v3.messaging.exceptions import ApiException, OpenApiException
from pydantic.v1 import ValidationError

from bot.metrics import LINE_REQUESTS

TIMEOUT = 5.0  # seconds; the SDK's own is 300, and a reply token lives a minute
QUOTA_TIMEOUT = 2.0
LOADING_SECONDS = 20  # 5 to 60 in steps of 5 (LINE); it vanishes when the reply comes
SERVER_ERROR = 500
TOO_MANY = 429
BAD_REQUEST = 400
log = structlog.get_logger()

# sent: LINE took it. refused: it never will. token: the reply token was used or has expired. unclear: it may have
# been sent. unreached: it was not.
Fate = Literal["sent", "refused", "token", "unclear", "unreached"]


@dataclass(frozen=True)
class Result:
    """What became of a reply, and why."""

    fate: Fate
    reason: str = ""


class Sender:
    """One town's way to LINE; made inside the running loop, closed at the end."""

    def __init__(self, town: str, access_token: str, base: str) -> None:
        self.town = town
        self._client = AsyncApiClient(Configuration(host=base.rstrip("/"), access_token=access_token))
        self._api = AsyncMessagingApi(self._client)

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.close()

    async def reply(self, token: str, messages: list[dict[str, Any]]) -> Result:
        """Sends a reply, once. A retry key is never given: on a reply LINE refuses it; the token itself is single-use.

        Never raises but for cancellation.
        """
        request = ReplyMessageRequest.from_dict({"replyToken": token, "messages": messages})
        try:
            response = await self._api.reply_message_with_http_info(request, _request_timeout=TIMEOUT)
        except (OpenApiException, ClientError, TimeoutError, OSError, ValueError) as error:
            return await self._explained(error)
        self._note("reply", response.status_code, response.headers)
        return Result("sent")

    async def show_loading(self, user: str) -> None:
        """Shows that an answer is coming; that it cannot be shown is no fault."""
        request = ShowLoadingAnimationRequest(chatId=user, loadingSeconds=LOADING_SECONDS)
        try:
            response = await self._api.show_loading_animation_with_http_info(request, _request_timeout=QUOTA_TIMEOUT)
            self._note("loading", response.status_code, response.headers)
        except (OpenApiException, ClientError, TimeoutError, OSError, ValueError) as error:
            refused = _refusal(error)
            self._note("loading", refused.status if refused else type(error).__name__)

    async def _explained(self, error: Exception) -> Result:
        refused = _refusal(error)
        if refused is not None:
            self._note("reply", refused.status, refused.headers)
            return await self._refused(refused)
        self._note("reply", type(error).__name__)
        match error:
            case TimeoutError():
                return Result("unclear", "timeout")
            case ClientConnectorError() | InvalidURL():
                return Result("unreached", "unreached")
            case ValidationError() | UnicodeDecodeError():  # 200 with an odd body: it was sent
                return Result("sent", "odd_body")
            case _:
                return Result("unclear", "connection")

    async def _refused(self, refused: ApiException) -> Result:
        status = int(refused.status or 0)
        if status >= SERVER_ERROR:
            return Result("unclear", "server_error")
        if status == TOO_MANY:
            return Result("refused", await self._which_too_many(refused))
        if status == BAD_REQUEST and "reply token" in _message(refused).lower():
            return Result("token", "invalid_token")
        return Result("refused", {400: "bad_request", 401: "access_token", 403: "not_allowed"}.get(status, "other"))

    async def _which_too_many(self, refused: ApiException) -> str:
        """Which of LINE's three: the month's quota, the rate of the channel, or too much to one resident."""
        try:
            async with asyncio.timeout(QUOTA_TIMEOUT):
                quota, used = await asyncio.gather(
                    self._api.get_message_quota(), self._api.get_message_quota_consumption()
                )
            if quota.type == "limited" and quota.value is not None and used.total_usage >= quota.value:
                return "monthly_quota"
        except (OpenApiException, ClientError, TimeoutError, OSError, ValueError) as error:
            self._note("quota", type(error).__name__)
        return "rate" if "rate limit" in _message(refused).lower() else "one_resident"

    def _note(self, endpoint: str, status: object, headers: Any = None) -> None:
        request_id = headers.get("x-line-request-id", "") if headers else ""
        LINE_REQUESTS.labels(town=self.town, endpoint=endpoint, status=str(status)).inc()
        log.info("line api", town=self.town, endpoint=endpoint, status=status, line_request_id=request_id)


def _refusal(error: Exception | None) -> ApiException | None:
    """LINE's answer behind an error; the SDK hides it behind another one where its body is no UTF-8."""
    while error is not None and not isinstance(error, ApiException):
        error = error.__context__ if isinstance(error.__context__, Exception) else None
    return error


def _message(refused: ApiException) -> str:
    try:
        said = json.loads(refused.body or "")
        return str(said.get("message", "")) if isinstance(said, dict) else ""
    except ValueError:
        return ""
