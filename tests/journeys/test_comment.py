"""A visitor comments on a sentence of the plan, and becomes a member on the way. Nothing that was written is lost."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from forum.models import Post
from plans.actions.publish_version import publish_version
from tests import factories
from tests.journeys.material import SENTENCE, revise_plan

MANY_BLOCKS = "1.1"  # a paragraph and a table
WORDS = "İki hat gece çalışan hemşirelere yetmiyor."
# Selects words that stand inside one text node of the element, as dragging the mouse over them does.
SELECT = """(element, words) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, start = node.data.indexOf(words);
    if (start >= 0) document.getSelection().setBaseAndExtent(node, start, node, start + words.length);
  }
}"""

# Selects from the first words of one section's text to the last ones of another's.
SELECT_BETWEEN = """([from, to]) => {
  const texts = (section) => {
    const walker = document.createTreeWalker(document.querySelector(`${section} [data-section]`), NodeFilter.SHOW_TEXT,
      (node) => node.parentElement.closest(".sentence") && !node.parentElement.closest(".sentence__control")
        ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  };
  const first = texts(from)[0], last = texts(to).at(-1);
  document.getSelection().setBaseAndExtent(first, 0, last, last.length);
}"""


def sentence(page: Page) -> Locator:
    return page.locator(".sentence", has_text=SENTENCE)


def submit(page: Page, field: str) -> None:
    """Send the form that has the field."""
    page.locator(f"form:has([name={field}]) button[type=submit]:not([name])").click()


def sign_up(page: Page) -> None:
    page.locator("main a[href*='/signup/']").click()
    page.locator("[name=display_name]").fill("Gece Kuşu")
    page.locator("[name=email]").fill("gece@example.org")
    page.locator("[name=password1]").fill(factories.PASSWORD)
    page.locator("[name=password2]").fill(factories.PASSWORD)
    submit(page, "display_name")


def confirm_address(page: Page, mailbox: list) -> None:
    expect(page).to_have_url(re.compile("/confirm-email/$"))
    (mail,) = mailbox
    assert mail.to == ["gece@example.org"]
    page.goto(re.search(r"http://\S+", mail.body)[0])
    page.locator("main form button[type=submit]").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_visitor_writes_signs_up_confirms_and_the_comment_stands_beside_the_sentence(
    open_page, version, mailoutbox, javascript
):
    page = open_page(java_script_enabled=javascript)
    page.goto(version.plan.get_url())
    sentence(page).hover()
    sentence(page).locator("a.sentence__control").click()
    expect(page.locator(".comment__quote")).to_have_text(SENTENCE)
    page.locator("[name=body]").fill(WORDS)
    submit(page, "body")

    expect(page.locator("[name=login]")).to_be_visible()
    sign_up(page)
    confirm_address(page, mailoutbox)

    expect(page.locator(".comment__quote")).to_have_text(SENTENCE)
    expect(page.locator("[name=body]")).to_have_value(WORDS)
    submit(page, "body")

    comment = page.locator("article.comment")
    expect(comment).to_contain_text("Gece Kuşu")
    expect(comment).to_contain_text(WORDS)
    expect(comment.locator(".comment__quote")).to_have_text(SENTENCE)
    expect(page.locator("#b-2-1 article.comment")).to_have_count(1)
    post = Post.objects.get()
    expect(page.locator(f"a.commented[href='#p{post.pk}']")).to_have_text(SENTENCE)
    expect(page).to_have_url(re.compile(f"#p{post.pk}$"))


def test_a_member_who_has_not_signed_in_yet_finds_the_words_again(open_page, member, version):
    page = open_page()
    page.goto(version.plan.get_url())
    page.locator("#b-2-1 .plan-section__foot a.button").click()
    page.locator("[name=body]").fill(WORDS)
    submit(page, "body")
    page.locator("[name=login]").fill(member.email)
    page.locator("[name=password]").fill(factories.PASSWORD)
    submit(page, "login")

    expect(page.locator("[name=body]")).to_have_value(WORDS)
    submit(page, "body")
    expect(page.locator("#b-2-1 article.comment")).to_contain_text(WORDS)


def test_a_member_selects_words_and_the_comment_quotes_just_these(open_page, member, version):
    page = open_page(member)
    page.goto(version.plan.get_url())
    button = page.locator("a.selection-button")
    expect(button).to_be_hidden()
    sentence(page).evaluate(SELECT, "yalnız iki hatta")
    expect(button).to_be_visible()
    button.click()

    expect(page.locator(".comment__quote")).to_have_text("yalnız iki hatta")
    page.locator("[name=body]").fill(WORDS)
    submit(page, "body")
    expect(page.locator("#b-2-1 a.commented")).to_have_text("yalnız iki hatta")


def test_a_selection_over_two_sections_says_why_there_is_no_button(open_page, version):
    page = open_page()
    page.goto(version.plan.get_url())
    button = page.locator("a.selection-button")
    sentence(page).evaluate(SELECT, "Gece otobüsleri")
    expect(button).to_have_attribute("href", re.compile("exact="))
    page.evaluate(SELECT_BETWEEN, ["#b-2-1", "#b-2-2"])
    expect(button).to_have_text("Lütfen tek bir bölümün içinde seçin")
    expect(button).not_to_have_attribute("href", re.compile("."))


def test_a_selection_over_paragraphs_and_list_items_is_quoted_as_it_stands(open_page, member, version):
    page = open_page(member)
    page.goto(version.plan.get_url())
    text = version.texts.get(number=MANY_BLOCKS).text
    assert "\n" in text
    page.evaluate(SELECT_BETWEEN, [f"#b-{MANY_BLOCKS.replace('.', '-')}"] * 2)
    page.locator("a.selection-button").click()
    page.locator("[name=body]").fill(WORDS)
    submit(page, "body")
    expect(page.locator("article.comment")).to_contain_text(WORDS)
    assert Post.objects.get().quote.exact == text


def test_a_word_selected_with_the_mouse_can_be_commented_on(open_page, version):
    page = open_page()
    page.goto(version.plan.get_url())
    page.locator("#b-2-2 .sentence").first.dblclick(position={"x": 6, "y": 8})
    page.locator("a.selection-button").click()
    expect(page.locator(".comment__quote")).to_have_text("Her")


def test_the_counter_says_how_much_too_long_a_text_is(open_page, member, version):
    page = open_page(member)
    page.goto(version.plan.get_url())
    page.locator("#b-2-1 .plan-section__foot a.button").click()
    counter = page.locator("[data-counter]")
    expect(counter).to_be_hidden()
    page.locator("[name=body]").fill("🚌" * 19_000)
    expect(counter).to_have_text("Kalan karakter: 1.000")
    expect(counter).not_to_have_class(re.compile("counter--over"))
    page.locator("[name=body]").fill("x" * 20_002)
    expect(counter).to_have_text("Kalan karakter: -2")
    expect(counter).to_have_class(re.compile("counter--over"))


def test_emoji_before_the_words_count_as_one_character_each(open_page, editor, version):
    changed = "Gece 🚌🚌 az. Son 🚌🚌 erken, ilk 🚌🚌 geç kalkar."
    revise_plan(by=editor, plan=version.plan, old=SENTENCE, new=changed)
    publish_version(by=editor, plan=version.plan, note="Kısaltıldı.")
    text = version.plan.current_version.texts.get(number="2.1").text
    page = open_page()
    page.goto(version.plan.get_url())
    page.locator(".sentence", has_text="geç kalkar").evaluate(SELECT, "geç kalkar")
    button = page.locator("a.selection-button")
    expect(button).to_have_attribute("href", re.compile("exact="))
    asked = {name: values[0] for name, values in parse_qs(urlsplit(button.get_attribute("href")).query).items()}
    start = text.index("geç kalkar")
    assert (asked["exact"], int(asked["start"])) == ("geç kalkar", start)
    assert asked["prefix"] == text[start - 32 : start]
    assert asked["suffix"] == text[start + len("geç kalkar") :][:32]
