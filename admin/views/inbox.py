"""未解決の質問: what was asked in vain, like questions together; give to a colleague, delete at once, set aside."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session
from starlette.responses import Response

from admin import accounts, drafts
from admin.desk import Desk, Missing
from admin.forms import row_number, sentence
from admin.roles import Role
from admin.routes import TOWN, Pages
from bot import inbox
from bot.inbox import InquiryGroup
from knowledge import inquiries, wastebasket
from knowledge.accounts import Staff

pages = Pages()
LIST, RULES = f"{TOWN}/inbox", f"{TOWN}/inbox/rules"
LIST_PAGE, RULES_PAGE = "inbox/list.html.j2", "inbox/rules.html.j2"
ON_A_PAGE = 20
MINE, EVERYONES = "mine", ""


@pages.get(LIST, Role.VIEWER)
def get_inbox(desk: Desk) -> Response:
    """The open groups, the most asked first; all, or those given to whoever looks."""
    return desk.page(LIST_PAGE, **_values(desk))


def _values(desk: Desk) -> dict[str, Any]:
    found = inbox.groups(desk.session, desk.here.id, desk.knowledge.library.index.lexicon)
    mine = [one for one in found if desk.who.staff.id in one.accounts]
    wanted = MINE if desk.query.get("show") == MINE else EVERYONES
    shown = mine if wanted else found
    last = max(1, -(-len(shown) // ON_A_PAGE))
    page = min(max(1, row_number(desk.query.get("page", "1")) or 1), last)
    groups = shown[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return {
        "groups": groups,
        "titles": titles(desk, groups),
        "all": len(found),
        "mine": len(mine),
        "show": wanted,
        "page": page,
        "pages": last,
        "people": people(desk),
        "set_aside": len(inquiries.rules(desk.session, desk.here.id)),
        "days": wastebasket.KEPT.days,
    }


def titles(desk: Desk, groups: Sequence[InquiryGroup]) -> dict[str, str]:
    """The titles of the entries that were offered, by id; those that are gone are left out."""
    return drafts.entry_titles(desk.session, desk.here.id, (one.entry for group in groups for one in group.offered))


def colleagues(desk: Desk) -> Sequence[Staff]:
    """Who can be given a question: the town's active staff."""
    return [one for one in accounts.of_town(desk.session, desk.here.id) if one.active]


def people(desk: Desk) -> list[tuple[str, str]]:
    """The colleagues to choose among, by account; who shares a name is told by the login too."""
    found = colleagues(desk)
    times = Counter(one.name for one in found)
    return [(str(one.id), one.name if times[one.name] == 1 else f"{one.name}（{one.login}）") for one in found]


@pages.post(f"{LIST}/assign", Role.EDITOR, action="inbox.assigned")
def post_assign(desk: Desk) -> Response:
    """Gives the chosen questions to a colleague, or to nobody."""
    chosen = numbers(desk)
    by_account = {str(one.id): one for one in colleagues(desk)}
    given = by_account.get(desk.form.one_of("assignee", {"", *by_account}))
    if desk.form.problems or not chosen:
        return _none_chosen(desk)
    assignee = given.name if given else ""
    inquiries.assign(desk.session, desk.here.id, chosen, assignee, given.id or 0 if given else 0)
    desk.about(f"質問 {len(chosen)}件", 担当=assignee or "なし")
    said = "inbox_assigned" if assignee else "inbox_unassigned"
    return desk.done(f"/towns/{desk.here.id}/inbox", said, name=assignee)


@pages.post(f"{LIST}/discard", Role.EDITOR, action="inbox.discarded")
def post_discard(desk: Desk) -> Response:
    """Throws the chosen questions away; for a week they can be brought back."""
    chosen = numbers(desk)
    if not chosen:
        return _none_chosen(desk)
    wastebasket.throw(desk.session, desk.here.id, chosen, by=desk.by, now=desk.now)
    desk.about(f"質問 {len(chosen)}件")
    return desk.done(f"/towns/{desk.here.id}/inbox", "inbox_discarded", count=len(chosen))


def _none_chosen(desk: Desk) -> Response:
    problem = "" if desk.form.problems else sentence("inbox_none_chosen")
    return desk.refuse(LIST_PAGE, problem, **_values(desk))


def numbers(desk: Desk) -> list[int]:
    """The inquiries that the page showed and the form names: a value a group, its inquiries with commas between."""
    given = (row_number(one) for value in desk.form.all("inquiries") for one in value.split(","))
    return list(dict.fromkeys(number for number in given if number))


@pages.get(RULES, Role.VIEWER)
def get_rules(desk: Desk) -> Response:
    """What the inbox no longer shows, and what was thrown away."""
    return desk.page(RULES_PAGE, **_set_aside(desk))


def _set_aside(desk: Desk) -> dict[str, Any]:
    rules, thrown = inquiries.rules(desk.session, desk.here.id), wastebasket.thrown(desk.session, desk.here.id)
    return {"rules": rules, "thrown": thrown, "days": wastebasket.KEPT.days}


@pages.post(f"{RULES}/bring-back", Role.EDITOR, action="inbox.brought_back")
def post_bring_back(desk: Desk) -> Response:
    """Opens again what was thrown away with one press."""
    return _of_moment(desk, wastebasket.bring_back, "inbox_brought_back")


@pages.post(f"{RULES}/erase", Role.EDITOR, action="inbox.erased")
def post_erase(desk: Desk) -> Response:
    """Deletes it for good, before the week is over."""
    return _of_moment(desk, wastebasket.erase, "inbox_erased")


def _of_moment(desk: Desk, act: Callable[[Session, str, datetime], int], said: str) -> Response:
    try:
        count = act(desk.session, desk.here.id, datetime.fromisoformat(desk.form.raw("at")))
    except (ValueError, TypeError):
        count = 0
    if not count:
        desk.session.rollback()
        return desk.refuse(RULES_PAGE, sentence("inbox_thrown_gone"), 409, **_set_aside(desk))
    desk.about(f"質問 {count}件")
    return desk.done(f"/towns/{desk.here.id}/inbox/rules", said, count=count)


@pages.post(f"{RULES}/{{rule}}/lift", Role.EDITOR, action="inbox.rule_lifted")
def post_lift(desk: Desk) -> Response:
    """Shows such questions again."""
    number = row_number(desk.path["rule"])
    if number is None or number not in [rule.id for rule in inquiries.rules(desk.session, desk.here.id)]:
        raise Missing
    inquiries.lift_rule(desk.session, desk.here.id, number)
    desk.about("質問 1件")
    return desk.done(f"/towns/{desk.here.id}/inbox/rules", "rule_lifted")
