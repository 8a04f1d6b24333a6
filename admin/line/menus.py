"""Replacing a town's rich menu so that residents always see a whole one: the new one first, then the old one goes."""

from dataclasses import dataclass
from typing import Any, Protocol

from bot.channels.line.drawing import draw
from bot.channels.line.menu import OURS, Menu


class Menus(Protocol):
    """What replacing needs of LINE."""

    def menus(self) -> list[dict[str, Any]]: ...
    def default_menu(self) -> str | None: ...
    def validate_menu(self, request: dict[str, Any]) -> None: ...
    def create_menu(self, request: dict[str, Any]) -> str: ...
    def upload_picture(self, menu: str, png: bytes) -> None: ...
    def show_to_all(self, menu: str) -> None: ...
    def delete_menu(self, menu: str) -> None: ...


@dataclass(frozen=True)
class Replaced:
    """What was done: the new menu's id, how many older ones of ours went, and whether another one stood there."""

    menu: str
    deleted: int
    foreign_before: bool


def replace_menu(account: Menus, menu: Menu) -> Replaced:
    """Makes the menu and shows it to all; where that fails nothing has changed. Menus of others are left alone.

    Raises TooLong before LINE is asked anything, and what `account` raises.
    """
    picture, request = draw(menu), menu.request()
    account.validate_menu(request)
    ours = [old["richMenuId"] for old in account.menus() if str(old["name"]).startswith(OURS)]
    before = account.default_menu()
    made = account.create_menu(request)
    try:
        account.upload_picture(made, picture)
        account.show_to_all(made)
    except BaseException:
        account.delete_menu(made)
        raise
    for old in ours:
        account.delete_menu(old)
    return Replaced(made, len(ours), before is not None and before not in ours)
