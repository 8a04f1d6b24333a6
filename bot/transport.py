"""What HTTP asks of every endpoint alike: HEAD as GET without a body, and bodies that arrive in time."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_SECONDS = 10.0  # for 32 KB at most; a telephone at the edge of the network sends them in one


class HeadAsGet:
    """Answers HEAD with GET's status and headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The app's answer to GET, without its body."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self.app({**scope, "method": "GET"}, receive, without_body)


class BodyDeadline:
    """Gives up on a body that trickles in, so that slow senders cannot hold connections; the reply is a 408."""

    def __init__(self, app: ASGIApp, seconds: float = BODY_SECONDS) -> None:
        self.app, self.seconds = app, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The app, with a receiver that raises once the time for the whole body is over."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        until = asyncio.get_running_loop().time() + self.seconds
        arrived = False

        async def in_time() -> Message:
            nonlocal arrived
            if arrived:  # what comes now is the end of the connection, and that may take its time
                return await receive()
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408, headers={"Connection": "close"}) from None
            arrived = not message.get("more_body", False)
            return message

        await self.app(scope, in_time, send)
