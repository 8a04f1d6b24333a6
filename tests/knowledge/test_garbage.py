"""The search for garbage goes on after it was put off, whatever happened."""

import gc
from contextlib import suppress

from knowledge import garbage


def test_the_search_goes_on_afterwards_even_where_something_failed() -> None:
    with suppress(ValueError), garbage.put_off():
        assert not gc.isenabled()
        raise ValueError
    assert gc.isenabled()


def test_one_that_was_put_off_already_stays_so_until_its_own_end() -> None:
    with garbage.put_off():
        with garbage.put_off():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
