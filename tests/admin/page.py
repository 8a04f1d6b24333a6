"""What every page of the staff's side must be, checked whenever a test fetches one."""

from dataclasses import dataclass
from typing import Any

import httpx
from lxml import html

INLINE = (
    "//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')] | //a[starts-with(@href, 'javascript')]"
)
FIELDS = "//input[not(@type='hidden' or @hidden)] | //select | //textarea"


@dataclass(frozen=True)
class Page:
    """A fetched page that passed the checks."""

    response: httpx.Response
    tree: Any

    @property
    def text(self) -> str:
        """The words of the page's main part."""
        return " ".join(" ".join(self.tree.xpath("//main")[0].itertext()).split())

    @property
    def heading(self) -> str:
        """The page's h1."""
        return str(self.tree.xpath("string(//h1)"))

    def form(self, action: str) -> dict[str, str]:
        """A form's fields as a browser would send them untouched."""
        forms = [one for one in self.tree.forms if one.get("action") == action or _has_button(one, action)]
        assert forms, f"no form for {action} on {self.response.url}: {[form.get('action') for form in self.tree.forms]}"
        return {str(name): str(value) for name, value in forms[0].form_values()}


def _has_button(form: Any, action: str) -> bool:
    """Whether one of the form's buttons sends it elsewhere, namely there."""
    return action in form.xpath(".//button/@formaction")


def checked(response: httpx.Response) -> Page:
    """The page, after every check."""
    _check_headers(response)
    tree = html.document_fromstring(response.text)
    _check_structure(tree)
    _check_fields(tree)
    return Page(response, tree)


def _check_headers(response: httpx.Response) -> None:
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def _check_structure(tree: Any) -> None:
    headings = tree.xpath("//h1")
    assert len(headings) == 1
    title = tree.xpath("string(//title)")
    assert title.split("｜")[0] == headings[0].text_content(), f"{title} does not begin with the h1"
    assert tree.get("lang") == "ja"
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids)), f"an id stands twice: {sorted(ids)}"
    assert tree.xpath(INLINE) == []
    assert tree.xpath("//main") and tree.xpath("//header")
    missing = [at[1:] for at in tree.xpath("//a/@href") if at.startswith("#") and at[1:] not in ids]
    assert not missing, f"links into nowhere: {missing}"


def _check_fields(tree: Any) -> None:
    labels = set(tree.xpath("//label/@for"))
    for field in tree.xpath(FIELDS):
        is_labelled = field.get("id") in labels or field.xpath("ancestor::label") or field.get("aria-label")
        assert is_labelled, f"a field without a label: {html.tostring(field)!r}"
        described = (field.get("aria-describedby") or "").split()
        assert set(described) <= set(tree.xpath("//@id")), f"described by nothing: {described}"
    for form in tree.xpath("//form"):
        if form.get("method") == "post":
            assert form.xpath(".//input[@name='csrf']"), f"a form without a token: {form.get('action')}"
        assert form.get("action", "").startswith("/"), "a form that goes nowhere"
    for button in tree.xpath("//button"):
        assert button.text_content().strip() or button.get("aria-label")
