"""自治体の設定: what residents see of the town besides its answers, and how long their words are kept."""

from typing import Any

from starlette.responses import Response

from admin import checks
from admin.desk import Desk
from admin.forms import Form, sentence
from admin.roles import Role
from admin.routes import TOWN, Pages
from knowledge import publishing
from knowledge.models import Town

pages = Pages()
HERE = f"{TOWN}/settings"
PAGE = "settings.html.j2"
NAMES = {"name": 40, "reading": 80, "office": 40}  # most characters of each
TEXTS = {"telephone": 40, "opening_hours": 200, "holidays": 200, "web_address": 300, "privacy_contact": 200}
LINES = {"greeting": 300, "notice": 500}
LABELS = {
    "name": "自治体の名前",
    "reading": "読みがな",
    "office": "役所の呼び名",
    "telephone": "代表電話",
    "opening_hours": "開庁時間",
    "holidays": "閉庁日",
    "web_address": "ホームページ",
    "privacy_contact": "個人情報の問い合わせ先",
    "greeting": "はじめのあいさつ",
    "notice": "お知らせ",
    "colour": "色",
    "allowed_origins": "案内を置くホームページ",
    "retention_days": "会話を残す日数",
    "two_people": "2人で公開する",
}
CHECKS = {"telephone": checks.telephone, "web_address": checks.web_address, "colour": checks.colour}
LEAST_DAYS, MOST_DAYS = 1, 730
MOST_ORIGINS = 20


@pages.get(HERE, Role.ADMINISTRATOR)
def get_settings(desk: Desk) -> Response:
    """The settings as they stand."""
    return desk.page(PAGE, **_values(desk))


def _values(desk: Desk) -> dict[str, Any]:
    town = desk.session.get_one(Town, desk.here.id)
    return {"now": town, "mark": checks.mark(town, LABELS)}


@pages.post(HERE, Role.ADMINISTRATOR, action="town.settings")
def post_settings(desk: Desk) -> Response:
    """Keeps all of them or none; another's change that came between is shown, not overwritten."""
    wanted = _read(desk.form)
    if desk.form.problems:
        return desk.refuse(PAGE, **_values(desk))
    town = desk.own_town()
    if desk.form.raw("mark") != checks.mark(town, LABELS):
        differing = [LABELS[name] for name, value in wanted.items() if getattr(town, name) != value]
        return desk.refuse(PAGE, sentence("crossed", what="、".join(differing) or "なし"), 409, **_values(desk))
    changed = [name for name, value in wanted.items() if getattr(town, name) != value]
    town.named_by_staff = town.named_by_staff or bool(NAMES.keys() & changed)
    for name in changed:
        setattr(town, name, wanted[name])
    desk.session.flush()
    if changed:
        publishing.move_town(desk.session, town.id)
    desk.about(town.name, **{"変えた設定": [LABELS[name] for name in changed]})
    return desk.done(f"/towns/{town.id}/settings", "settings_saved")


def _read(form: Form) -> dict[str, Any]:
    """The typed settings; each problem is noted at its field."""
    wanted: dict[str, Any] = {name: form.text(name, most=most, required=True) for name, most in NAMES.items()}
    wanted |= {name: (form.narrow if name in CHECKS else form.text)(name, most=most) for name, most in TEXTS.items()}
    wanted |= {name: form.text(name, most=most, lines=True) for name, most in LINES.items()}
    wanted["colour"] = form.narrow("colour", most=7).lower()
    wanted["allowed_origins"] = form.narrow("allowed_origins", most=2000, lines=True).lower().split()
    wanted["retention_days"] = form.number("retention_days", least=LEAST_DAYS, most=MOST_DAYS)
    wanted["two_people"] = form.is_checked("two_people")
    for name, check in CHECKS.items():
        if problem := check(wanted[name]):
            form.refuse(name, problem)
    for one in wanted["allowed_origins"]:
        if problem := checks.origin(one):
            form.refuse("allowed_origins", problem)
    if len(wanted["allowed_origins"]) > MOST_ORIGINS:
        form.refuse("allowed_origins", sentence("too_many_origins", most=MOST_ORIGINS))
    return wanted
