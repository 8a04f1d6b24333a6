"""For `annai measure` alone: an endpoint that takes the same body, writes the same row and returns a fixed reply."""

from datetime import UTC, datetime
from typing import Any

import uvicorn
from fastapi import FastAPI, Request

from bot import conversations
from bot.app import create_app
from bot.channels.web.schemas import AskBody, ReplySaid
from bot.context import Context
from bot.conversations import Told
from bot.registry import Registry
from bot.settings import settings
from knowledge import store

FIXED_PATH = "/measure/fixed"
FIXED: dict[str, Any] = {
    "kind": "answer",
    "notice": None,
    "body": "決まった返事です。",
    "text": "決まった返事です。",
    "parts": [],
    "confidence": 1.0,
    "choices": [],
    "followups": [],
    "masked": False,
}


def add_fixed(app: FastAPI) -> None:
    """Adds the endpoint to an app that is being measured."""

    @app.post(FIXED_PATH)
    def fixed(body: AskBody, request: Request) -> ReplySaid:
        now = datetime.now(UTC)
        with store.writing(request.app.state.around.registry.engine) as session:
            conversation = conversations.begin(session, "toin", body.conversation, "web", now)
            told = Told(body.text or "", "answer", (), (), ())
            turn = conversations.keep(session, conversation, told, Context(), "measure", now)
        return ReplySaid(**FIXED, conversation=conversation.id, turn=turn)


def main() -> None:
    """Serves the public app with the endpoint beside it; `annai measure` starts it as a process of its own."""
    given = settings()
    app = create_app(Registry(store.open_engine(given.database_url)), given)
    add_fixed(app)
    uvicorn.run(app, host="127.0.0.1", port=given.public_port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
