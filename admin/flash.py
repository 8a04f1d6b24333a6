"""One sentence for the next page, in a sealed cookie: the store need not be written to show a page."""

from starlette.requests import Request
from starlette.responses import Response

from admin import keys

COOKIE = "annai_said"
PURPOSE = "flash"
LASTS = 300  # seconds


def write(response: Response, said: str, key: bytes, *, secure: bool) -> None:
    """The next page says it."""
    sealed = keys.sealed(key, PURPOSE, said)
    response.set_cookie(COOKIE, sealed, max_age=LASTS, httponly=True, samesite="lax", secure=secure)


def read(request: Request, key: bytes) -> str:
    """What the page before said, else empty."""
    try:
        return keys.opened(key, PURPOSE, request.cookies.get(COOKIE, ""), within=LASTS)
    except keys.Unreadable:
        return ""


def forget(response: Response) -> None:
    """It was said."""
    response.delete_cookie(COOKIE)
