"""Every route × every role × own and other town, generated from what the routes declare."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.routing import Mount, Route

from admin import cookies, csrf, views
from admin.audit import action_labels
from admin.roles import LADDER, Door, Role, may
from admin.routes import Declared
from tests.admin.office import OTHER, Clerk, Office
from tests.bot.server import KEY

UNDECLARED = {"/healthz", "/readyz", "/metrics", "/static"}  # for whoever watches the process; no resident and no clerk
DECLARED = list(views.declared())


def address(declared: Declared, town: str, samples: dict[str, str]) -> str:
    """A route's address with real values, so that only the role can be what refuses."""
    values = {"town": town, **samples}
    return declared.path.format(**{name: values[name] for name in names(declared)})


def names(declared: Declared) -> list[str]:
    return [part[1:-1] for part in declared.path.split("/") if part.startswith("{")]


def call(clerk: Clerk, declared: Declared, path: str) -> httpx.Response:
    if declared.method == "GET":
        return clerk.http.get(path, follow_redirects=False)
    token = clerk.http.cookies.get(cookies.SESSION) or ""
    staff_id = clerk.staff.id if clerk.staff else None
    form = {"csrf": csrf.make(KEY.encode(), token, staff_id or csrf.NOBODY)}
    return clerk.http.post(path, data=form, follow_redirects=False)


def called(office: Office, clerk: Clerk, town: str) -> Iterator[tuple[Declared, str, httpx.Response]]:
    """Every route but the doors, its address, what came back; after a form was taken there are fresh values."""
    samples = office.samples(town)
    for declared in DECLARED:
        if isinstance(declared.least, Door):
            continue
        path = address(declared, town, samples)
        response = call(clerk, declared, path)
        if declared.method == "POST" and outcome(response) == "served":
            samples = office.samples(town)
        yield declared, path, response


def expected(declared: Declared, role: Role, *, own: bool) -> set[str]:
    assert isinstance(declared.least, Role)
    if "town" in names(declared) and not own and role is not Role.OPERATOR:
        return {"missing"}
    if may(role, declared.least):
        return {"served"}
    return {"missing"} if declared.least is Role.OPERATOR else {"forbidden"}


def outcome(response: httpx.Response) -> str:
    match response.status_code:
        case 404:
            return "missing"
        case 403:
            return "forbidden"
        case 200 | 303 | 409 | 422 if "/sign-in" not in response.headers.get("location", ""):
            return "served"
    return f"{response.status_code} {response.headers.get('location', '')}"


def test_every_route_of_the_app_is_declared_with_its_least_role(office: Office) -> None:
    declared = {(one.method, one.path) for one in DECLARED}
    for route in office.app.routes:
        assert isinstance(route, Route | Mount)
        if route.path not in UNDECLARED:
            assert isinstance(route, Route)
            method = "POST" if "POST" in (route.methods or set()) else "GET"
            assert (method, route.path) in declared, f"{route.path} declares no role"
    assert len(declared) == len(DECLARED), "an address is declared twice"


def test_every_action_has_a_name_in_the_audit_log() -> None:
    assert {one.action for one in DECLARED if one.action} <= set(action_labels())
    assert all(one.action for one in DECLARED if one.method == "POST")


def roles_and_towns() -> Iterator[Any]:
    """Each role in its own town and in another; the operator's coverage alone is counted, who may use everything."""
    yield pytest.param(Role.OPERATOR, True)
    for role in LADDER:
        if role is not Role.OPERATOR:
            yield from (pytest.param(role, own, marks=pytest.mark.no_cover) for own in (True, False))


@pytest.mark.parametrize(("role", "own"), list(roles_and_towns()))
def test_who_may_use_what(office: Office, role: Role, own: bool) -> None:
    clerk = office.clerk(role, None if role is Role.OPERATOR else "sample")
    wrong = []
    for declared, path, response in called(office, clerk, "sample" if own else OTHER):
        got = outcome(response)
        if got not in expected(declared, role, own=own):
            wrong.append(f"{declared.method} {path}: {got}, not {expected(declared, role, own=own)}")
    assert wrong == []


def test_nobody_uses_anything_without_signing_in(office: Office) -> None:
    stranger = office.browser()
    for declared, _, response in called(office, stranger, "sample"):
        if declared.method == "GET":
            assert response.headers["location"].startswith("/sign-in"), declared.path
        else:
            assert response.status_code == 401 and "サインイン" in response.text, declared.path


def test_a_form_without_the_sessions_token_changes_nothing(office: Office) -> None:
    clerk = office.clerk(Role.OPERATOR, None)
    before, samples = office.audited(), office.samples("sample")
    for declared in DECLARED:
        if declared.method == "POST":
            path = address(declared, "sample", samples)
            for form in ({}, {"csrf": "1." + "0" * 64}):
                assert clerk.http.post(path, data=form, follow_redirects=False).status_code in (303, 403), path
    assert office.audited() == before


def test_every_form_that_is_taken_leaves_a_row_in_the_audit_log(office: Office) -> None:
    clerk = office.clerk(Role.OPERATOR, None)
    for declared in DECLARED:
        if declared.method != "POST" or declared.least is Door.HALFWAY:
            continue
        before = len(office.audited())
        response = call(clerk, declared, address(declared, "sample", office.samples("sample")))
        office.sign_in_again(clerk)
        done = response.status_code < 400 and declared.path != "/account/totp"  # the operator has one already
        assert office.audited()[before:] == ([declared.action] if done else []), declared.path


def test_a_form_from_another_site_is_refused_before_it_is_read(office: Office) -> None:
    clerk = office.clerk(Role.OPERATOR, None)
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        response = clerk.http.post("/account/password", data={}, headers=headers)
        assert response.status_code == 403
        assert "職員画面を開き直して" in response.text


def test_a_body_is_bounded_before_it_is_read(office: Office) -> None:
    clerk = office.clerk(Role.VIEWER)
    assert clerk.http.post("/account/password", data={"current": "x" * 1_100_000}).status_code == 413
    assert clerk.http.post("/account/password", content=iter([b"csrf=1"])).status_code == 411


def test_strange_numbers_in_an_address_are_merely_not_there(office: Office) -> None:
    boss = office.clerk(Role.ADMINISTRATOR)
    for number in ("0", "-1", "１", "9" * 10, "9" * 5000, "x", "%00"):
        for group in ("staff", "departments", "words", "entries"):
            assert boss.http.get(f"/towns/sample/{group}/{number}").status_code in (200, 404), number
    assert (
        boss.http.get(f"/towns/sample/audit?page={'9' * 5000}&staff={'9' * 5000}&first=9999-12-31").status_code == 200
    )
    assert boss.http.get("/towns/sample/audit?page=2147483647").status_code == 200
    assert boss.http.get("/towns/%00").status_code == 404
    assert boss.http.get("/towns/sample/audit?action=%00").status_code == 404
    assert boss.http.get("/", headers={"Cookie": f"annai_staff={'x' * 5000}; annai_said=x"}).status_code == 200


def test_a_fault_is_apologised_for_and_logged_by_kind_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    boss = office.clerk(Role.ADMINISTRATOR)

    def fail(*_: object) -> None:
        raise RuntimeError("ひみつ")

    monkeypatch.setattr("admin.work.of_town", fail)
    assert "保存されていません" in boss.get("/towns/sample", 500).text
    out = "".join(capfd.readouterr())
    assert "RuntimeError" in out and "ひみつ" not in out
