"""What a form sent, and what is sealed to be sent again."""

from hypothesis import given
from hypothesis import strategies as st

from admin import checks, csrf, keeping
from admin.forms import Form, normal
from admin.keeping import Kept

KEY = b"k" * 40
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
FIELDS = st.dictionaries(TEXT, st.lists(TEXT, min_size=1, max_size=3).map(tuple), max_size=5)


@given(st.text(max_size=100))
def test_any_text_can_be_stored_after_it_was_brought_to_one_form(text: str) -> None:
    stored = normal(text)
    assert "\0" not in stored and "\r" not in stored
    stored.encode()
    assert normal(stored) == stored


@given(FIELDS)
def test_what_was_typed_comes_back_whole_and_secrets_do_not(fields: dict[str, tuple[str, ...]]) -> None:
    secrets = {"password": ("ひみつ",), csrf.FIELD: ("1.x",), "code": ("123456",)}
    sealed = keeping.seal(KEY, Kept("/towns/sample/x", 7, {**fields, **secrets}))
    kept = keeping.unseal(KEY, sealed)
    assert kept and (kept.path, kept.owner) == ("/towns/sample/x", 7)
    assert kept.fields == {name: values for name, values in fields.items() if name not in keeping.UNKEPT}
    assert "ひみつ" not in sealed


@given(TEXT)
def test_a_forged_seal_is_nothing(text: str) -> None:
    assert keeping.unseal(KEY, text) is None
    assert keeping.unseal(b"x" * 40, keeping.seal(KEY, Kept("/", 1, {}))) is None


@given(TEXT, st.integers(0, 2**31 - 1))
def test_a_token_belongs_to_one_bearer_and_one_person(bearer: str, staff_id: int) -> None:
    token = csrf.make(KEY, bearer + "x", staff_id)
    assert csrf.fits(KEY, token, bearer + "x", staff_id)
    assert not csrf.fits(KEY, token, bearer + "y", staff_id)
    assert not csrf.fits(KEY, token, bearer + "x", staff_id + 1)
    assert not csrf.fits(KEY, token, "", staff_id)
    assert csrf.owner(token) == staff_id


@given(st.text(max_size=40))
def test_any_value_of_a_field_is_weighed_without_failing(value: str) -> None:
    form = Form({"x": (value,)})
    form.text("x", most=20)
    form.number("x", least=1, most=9)
    csrf.owner(value)
    for check in (checks.telephone, checks.web_address, checks.origin, checks.colour):
        assert isinstance(check(value), str)


def test_the_contrast_is_that_of_the_guidelines() -> None:
    assert round(checks.contrast_with_white("#000000"), 1) == 21
    assert round(checks.contrast_with_white("#767676"), 2) == 4.54
