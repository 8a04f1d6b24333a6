"""Is a form ours? Its token belongs to this session (or this browser), and the request comes from our own pages."""

import hmac
from urllib.parse import urlsplit

from starlette.requests import Request

from admin import keys
from admin.forms import row_number

FIELD = "csrf"
NOBODY = 0


def make(key: bytes, bearer: str, staff_id: int = NOBODY) -> str:
    """The token of every form shown to a session (`bearer` is its token) or, before sign-in, to a browser.

    It names the person, so that a form that outlives its session can be kept for the same person.
    """
    return f"{staff_id}.{keys.keyed_hash(key, 'csrf', bearer, str(staff_id))}"


def fits(key: bytes, given: str, bearer: str, staff_id: int = NOBODY) -> bool:
    """Whether a form's token is the session's."""
    return bool(bearer) and hmac.compare_digest(given.encode(), make(key, bearer, staff_id).encode())


def owner(given: str) -> int:
    """Whom a form says it was shown to; a claim, compared with who signs in."""
    return row_number(given.partition(".")[0]) or NOBODY


def is_from_our_pages(request: Request) -> bool:
    """Whether the browser says that the request was sent from a page of this very host.

    Browsers send Origin with every POST; `Referrer-Policy: same-origin` keeps it from being "null".
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    said = request.headers.get("origin") or request.headers.get("referer") or ""
    return bool(said) and urlsplit(said).netloc == request.headers.get("host", "")
