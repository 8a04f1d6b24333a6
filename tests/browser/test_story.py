"""A story across: a resident asks in vain, staff publish an answer, the resident asks again and reads it."""

from playwright.sync_api import expect
from sqlmodel import select

from knowledge import publishing, store
from knowledge.entries import EntryContent
from knowledge.models import Inquiry
from tests.browser.conftest import Service
from tests.browser.widget import Widget

QUESTION = "図書館の本はインターネットで予約できますか"
SEEN = 2_000  # milliseconds from the publication, DESIGN.md
ANSWER = {
    "id": "library-booking",
    "kind": "faq",
    "title": "図書館の予約",
    "phrasings": ["図書館の本をネットで予約したい", QUESTION],
    "facets": [{"name": "definition", "text": "図書館の本は、町のサイトから予約できます。", "section": "町の回答"}],
}


def test_a_question_in_vain_is_answered_once_staff_published(widget: Widget, service: Service) -> None:
    first = widget.open().ask(QUESTION)
    expect(first).not_to_contain_text("町のサイトから予約できます")
    with store.reading(service.engine) as session:
        assert QUESTION in session.exec(select(Inquiry.question)).all()
    with store.writing(service.engine) as session:
        content = EntryContent.model_validate(ANSWER)
        draft = publishing.begin_entry(session, "sample", "sample-2024-01", content, author="職員", reason="質問から")
        publishing.publish(session, draft.entry_key, draft.number)
    asked_again = widget.page.evaluate(
        """async ([question, bound]) => {
          const element = document.querySelector("dx-annai"), until = performance.now() + bound;
          do {
            await element.ask(question);
            const reply = element.shadowRoot.querySelector(".log").lastElementChild.textContent;
            if (reply.includes("町のサイトから予約")) return true;
            await new Promise(done => setTimeout(done, 100));
          } while (performance.now() < until);
          return false;
        }""",
        [QUESTION, SEEN],
    )
    assert asked_again
    expect(widget.replies.last).to_contain_text("図書館の本は、町のサイトから予約できます。")
