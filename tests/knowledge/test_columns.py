"""Columns keep rows of different lengths, and their order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge.columns import Column, joined

ROWS = st.lists(st.lists(st.integers(0, 99), max_size=4), max_size=6)


def rows(column: Column) -> list[list[int]]:
    return [column.row(number) for number in range(len(column.lengths))]


@given(ROWS)
def test_a_column_gives_back_its_rows(given_rows: list[list[int]]) -> None:
    assert rows(Column.of(given_rows)) == given_rows


@given(ROWS.filter(bool), st.data())
def test_rows_are_taken_in_any_order(given_rows: list[list[int]], data: st.DataObject) -> None:
    wanted = data.draw(st.lists(st.integers(0, len(given_rows) - 1), max_size=8))
    taken = Column.of(given_rows).take(np.array(wanted, dtype=np.int64))
    assert rows(taken) == [given_rows[number] for number in wanted]


@given(ROWS, ROWS)
def test_columns_stand_one_below_the_other(one: list[list[int]], other: list[list[int]]) -> None:
    assert rows(Column.of(one).beside(Column.of(other))) == one + other


@given(st.lists(st.tuples(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9))), max_size=5))
def test_columns_are_joined_row_by_row(pairs: list[tuple[list[int], list[int]]]) -> None:
    both = joined([Column.of([one for one, _ in pairs]), Column.of([other for _, other in pairs])])
    assert rows(both) == [one + other for one, other in pairs]


@given(ROWS)
def test_numbers_are_left_out_where_they_stand(given_rows: list[list[int]]) -> None:
    column = Column.of(given_rows)
    assert rows(column.where(column.flat % 2 == 0)) == [[one for one in row if one % 2 == 0] for row in given_rows]
