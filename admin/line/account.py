"""One town's account at LINE's Messaging API, as setup and check need it: through the SDK, with time-outs.

Importing the SDK takes a second and 70 MB: this module is imported only where LINE is spoken to.
"""

import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from linebot.v3.messaging import (
    ApiClient,
    Configuration,
    MessagingApi,
    MessagingApiBlob,
    RichMenuRequest,
    TestWebhookEndpointRequest,
    ValidateMessageRequest,
)
from linebot.v3.messaging.exceptions import ApiException, OpenApiException
from urllib3.exceptions import HTTPError

TIMEOUT = 10.0  # seconds; the SDK's own is none
DELIVERY_TIMEOUT = 30.0  # … in which LINE calls the webhook and waits for it
OWN_BASE = "https://api.line.me"
NOT_FOUND = 404


class Refused(Exception):
    """LINE did not do what it was asked: its status, 0 where it could not be reached. Never with a token."""

    def __init__(self, status: int, what: str) -> None:
        super().__init__(what)
        self.status, self.what = status, what


@dataclass(frozen=True)
class Delivery:
    """How LINE's test call of the webhook ended; `status` is the one that the webhook answered."""

    success: bool
    status: int
    reason: str


class _Client(ApiClient):  # type: ignore[misc]  # the SDK is untyped
    """The SDK's client; pictures go to the stand-in too, where there is one."""

    data_host: str | None = None

    def call_api(self, *given: Any, **named: Any) -> Any:
        if self.data_host and named.get("_host"):
            named["_host"] = self.data_host
        return super().call_api(*given, **named)


class Account:
    """What can be asked of LINE; every method raises Refused."""

    def __init__(self, token: str, base: str) -> None:
        base = base.rstrip("/")
        configuration = Configuration(host=base, access_token=token)
        configuration.retries = False
        configuration.proxy = _proxy_for(base)
        self._client = _Client(configuration)
        self._client.data_host = None if base == OWN_BASE else base
        self._api, self._blob = MessagingApi(self._client), MessagingApiBlob(self._client)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def bot(self) -> dict[str, Any]:
        """The bot's `displayName`, `basicId` and `chatMode`."""
        return _dict(_asked("bot info", self._api.get_bot_info))

    def webhook(self) -> dict[str, Any] | None:
        """The webhook's `endpoint` and whether it is `active`; None where none is registered."""
        return _if_found("webhook endpoint", self._api.get_webhook_endpoint)

    def test_delivery(self) -> Delivery:
        """Lets LINE call the registered webhook, signed."""
        answer = _dict(
            _asked(
                "webhook test",
                self._api.test_webhook_endpoint,
                TestWebhookEndpointRequest(),
                timeout=DELIVERY_TIMEOUT,
            )
        )
        return Delivery(bool(answer.get("success")), int(answer["statusCode"]), str(answer["reason"]))

    def validate(self, messages: list[dict[str, Any]]) -> None:
        """Lets LINE look at messages without sending them."""
        request = ValidateMessageRequest.from_dict({"messages": messages})
        _asked("message validation", self._api.validate_reply, request)

    def menus(self) -> list[dict[str, Any]]:
        """All rich menus that were made by the API, with `richMenuId` and `name`."""
        return [_dict(menu) for menu in _asked("rich menu list", self._api.get_rich_menu_list).richmenus]

    def default_menu(self) -> str | None:
        """The id of the menu that every resident sees, None where there is none."""
        found = _if_found("default rich menu", self._api.get_default_rich_menu_id)
        return str(found["richMenuId"]) if found else None

    def validate_menu(self, request: dict[str, Any]) -> None:
        """Lets LINE look at a menu without making it."""
        _asked("rich menu validation", self._api.validate_rich_menu_object, RichMenuRequest.from_dict(request))

    def create_menu(self, request: dict[str, Any]) -> str:
        """Makes a menu, which nobody sees yet; its id."""
        made = _asked("rich menu", self._api.create_rich_menu, RichMenuRequest.from_dict(request))
        return str(made.rich_menu_id)

    def upload_picture(self, menu: str, png: bytes) -> None:
        """Gives a menu its picture, once and for all."""
        headers = {"Content-Type": "image/png"}
        _asked("rich menu picture", self._blob.set_rich_menu_image, menu, body=png, _headers=headers)

    def show_to_all(self, menu: str) -> None:
        """Makes a menu the one that every resident sees."""
        _asked("default rich menu", self._api.set_default_rich_menu, menu)

    def delete_menu(self, menu: str) -> None:
        """Deletes a menu; one that is not there counts as deleted."""
        _if_found("rich menu", self._api.delete_rich_menu, menu)


def _asked(what: str, call: Callable[..., Any], *given: Any, timeout: float = TIMEOUT, **named: Any) -> Any:
    try:
        return call(*given, _request_timeout=timeout, **named)
    except ApiException as error:
        raise Refused(int(error.status or 0), what) from None
    except (OpenApiException, HTTPError, OSError, ValueError):  # a time-out, no connection, or an answer of nonsense
        raise Refused(0, what) from None


def _if_found(what: str, call: Callable[..., Any], *given: Any) -> dict[str, Any] | None:
    try:
        answer = _asked(what, call, *given)
    except Refused as refused:
        if refused.status == NOT_FOUND:
            return None
        raise
    return _dict(answer) if answer is not None else {}


def _dict(model: Any) -> dict[str, Any]:
    found: dict[str, Any] = model.to_dict()
    return found


def _proxy_for(base: str) -> str | None:
    """The proxy of the environment, which the SDK's own client does not look for."""
    parts = urlsplit(base)
    if urllib.request.proxy_bypass(parts.hostname or ""):
        return None
    return urllib.request.getproxies().get(parts.scheme)
