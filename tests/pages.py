"""A client that checks every HTML page that it fetches, as a reader who sees none of it would."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
from lxml import html

ERROR = "エラー："
FIELDS = "//input[not(@type='hidden')] | //textarea | //select"
SCHEMES = ("http", "https", "mailto", "tel")


@dataclass(frozen=True)
class Page:
    """A page that kept the house rules, with what it came with."""

    response: httpx.Response
    tree: html.HtmlElement

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        """What is read of the body: words alone, in order, without the data that no one reads."""
        words = self.tree.xpath("//body//text()[not(ancestor::script)]")
        return re.sub(r"\s+", " ", "".join(words))

    @property
    def title(self) -> str:
        return str(self.tree.findtext(".//title"))

    @property
    def heading(self) -> str:
        return _words(self.tree.find(".//h1"))

    @property
    def links(self) -> list[str]:
        """The addresses that it links to, as they are written."""
        return [str(one) for one in self.tree.xpath("//a/@href")]

    def button(self, label: str) -> tuple[str, dict[str, str]]:
        """The action and the fields that a press of this button sends."""
        found = [one for one in self.tree.iter("button") if _words(one) == label]
        assert found, f"no button {label!r}: {[_words(one) for one in self.tree.iter('button')]}"
        form = next(found[0].iterancestors("form"))
        sent = {one.get("name"): one.get("value", "") for one in form.xpath(".//input[@name]")}
        sent |= {one.get("name"): one.text or "" for one in form.xpath(".//textarea[@name]")}
        sent |= {found[0].get("name"): found[0].get("value", "")} if found[0].get("name") else {}
        return urljoin(str(self.response.url), form.get("action")), sent


@dataclass
class Pages:
    """Fetches pages and checks each; links and forms are looked up once."""

    client: httpx.Client
    _answered: dict[str, Page | int] = field(default_factory=dict)

    def get(self, path: str, **options: Any) -> Page:
        return self.checked(self.client.get(path, **options))

    def post(self, path: str, data: dict[str, str], **options: Any) -> Page:
        return self.checked(self.client.post(path, data=data, **options))

    def press(self, page: Page, label: str, **typed: str) -> Page:
        """The page that comes after the button with this label is pressed."""
        action, fields = page.button(label)
        return self.post(action, fields | typed)

    def checked(self, response: httpx.Response) -> Page:
        """The page, once it keeps the house rules and its links and forms lead somewhere."""
        page = read(response)
        for link in page.links:
            self._check_link(page, link)
        for form in page.tree.iter("form"):
            action = urljoin(str(response.url), form.get("action"))
            assert form.get("method") == "post", "a form's words would stand in an address"
            known = self.client.request("OPTIONS", urldefrag(action).url).status_code
            assert known != 404, f"a form posts to {action}, which is not there"
        return page

    def _check_link(self, page: Page, link: str) -> None:
        address, fragment = urldefrag(urljoin(str(page.response.url), link))
        assert urlsplit(address).scheme in SCHEMES, f"a link to {link}"
        if urlsplit(address).netloc != urlsplit(str(page.response.url)).netloc:
            return
        target = page if address == urldefrag(str(page.response.url)).url else self._fetch(address)
        assert target != 404, f"a link to {link}, which is not there"
        if fragment and isinstance(target, Page):
            assert target.tree.xpath("//*[@id=$id]", id=fragment), f"nothing on {address} is called {fragment}"

    def _fetch(self, address: str) -> Page | int:
        if address not in self._answered:
            response = self.client.get(address)
            is_page = response.headers.get("content-type", "").startswith("text/html")
            broken = response.status_code >= 400
            self._answered[address] = 404 if broken else read(response) if is_page else response.status_code
        return self._answered[address]


def read(response: httpx.Response) -> Page:
    """The response as a page; fails where it breaks a house rule."""
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.text.lower().startswith("<!doctype html>")
    tree = html.document_fromstring(response.text, parser=html.HTMLParser(encoding="utf-8"))
    page = Page(response, tree)
    _check_outline(page)
    _check_names(page)
    _check_policy(page)
    return page


def _words(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def _check_outline(page: Page) -> None:
    tree = page.tree
    assert tree.get("lang") == "ja"
    assert tree.xpath("//meta[@name='viewport'][not(contains(@content, 'maximum-scale'))]")
    assert len(tree.xpath("//h1")) == 1
    assert page.heading and page.title.removeprefix(ERROR).startswith(page.heading), (page.title, page.heading)
    assert len(tree.xpath("//main")) == 1
    levels = [int(one.tag[1]) for one in tree.xpath("//h1|//h2|//h3|//h4")]
    for before, after in pairwise(levels):
        assert after <= before + 1, f"a heading is left out: {levels}"
    first = tree.xpath("//body//a")[0]
    assert first.get("href") == "#main", "the first link skips to the main part"


def _check_names(page: Page) -> None:
    tree = page.tree
    ids = Counter(tree.xpath("//@id"))
    assert not [one for one, count in ids.items() if count > 1], "an id stands twice"
    for name in ("aria-labelledby", "aria-describedby", "aria-controls"):
        for value in tree.xpath(f"//@{name}"):
            assert set(value.split()) <= set(ids), f"{name}={value} names nothing"
    for one in tree.xpath(FIELDS):
        label = tree.xpath("//label[@for=$id]", id=one.get("id", ""))
        assert (label and _words(label[0])) or one.get("aria-label"), f"a field without a label: {one.get('name')}"
    for one in tree.xpath("//button | //a[@href]"):
        assert _words(one) or one.get("aria-label"), "a button or link without words"
    assert not tree.xpath("//img[not(@alt)]")
    assert not tree.xpath("//th[not(@scope)]"), "a table's header that says not what it heads"
    assert not tree.xpath("//table[not(.//th)]")
    assert not tree.xpath("//nav[not(@aria-label)] | //section[not(@aria-label) and not(@aria-labelledby)]")


def _check_policy(page: Page) -> None:
    policy = page.response.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy, policy
    assert page.response.headers["x-content-type-options"] == "nosniff"
    assert page.response.headers["referrer-policy"] in ("no-referrer", "same-origin")
    assert not page.tree.xpath("//style | //@style"), "a style that the policy forbids"
    assert not page.tree.xpath("//script[not(@src) and not(@type='application/ld+json')]")
    assert not page.tree.xpath("//@*[starts-with(name(), 'on')]"), "a script in an attribute"
