"""The cookies of the staff's side: the session's token, and the browser's own name."""

from starlette.responses import Response

SESSION = "annai_staff"
DEVICE = "annai_device"
DEVICE_LASTS = 400 * 24 * 3600  # seconds: the longest that browsers keep a cookie


def give(response: Response, name: str, value: str, *, secure: bool, lasts: int | None = None) -> None:
    """A cookie that no script reads and no other site's form sends; without `lasts` it goes with the browser."""
    response.set_cookie(name, value, max_age=lasts, httponly=True, samesite="lax", secure=secure)
