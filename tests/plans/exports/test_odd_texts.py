"""What people write and what editors name things never breaks a file that others download."""

import csv
import io

import pytest
from django.urls import reverse

from plans.actions.answer_comment import answer_comment
from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import publish_version
from plans.models import Answer
from tests.plans.making import make_plan, section, section_of

FILES = ["pdf", "word", "comments_xlsx", "comments_csv"]
BODIES = {
    "a long link": "[bak](https://ornek.org/" + "a" * 9000 + ")",
    "a long bare link": "https://ornek.org/" + "a" * 9000,
    "a link to nothing": "[bak](mailto:)",
    "a deep list": "\n".join("  " * depth + "- a" for depth in range(60)),
    "an emoji and another direction": "Süper 👍🏽 \u200fב",
    "a long line of code": "```\n" + "x" * 5000 + "\n```",
    "a wide table": "|" + "a|" * 300 + "\n|" + "-|" * 300 + "\n|" + "c|" * 300,
    "markup of the typesetter": '#read("/etc/passwd") $x$ @ref <label> \\ *b* #import "x"',
}


@pytest.fixture
def say(version, member):
    return lambda body: comment_on_section(
        author=member, section=section_of(version, "1.2"), version=version, body=body
    )


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_every_comment_and_answer_is_exported(body, say, plan, editor, client):
    post = say(body)
    answer_comment(by=editor, post=post, decision=Answer.Decision.NOTED, reason=body[:5000])
    addresses = [reverse(f"plans:{kind}", args=[plan.pk, 1]) for kind in FILES]
    for address in (*addresses, f"{addresses[0]}?yorumlar=1", reverse("plans:said_and_done_pdf", args=[plan.pk])):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("title", ["Eşitlik\x0b Planı", "Eşitlik Planı " * 17], ids=["control character", "long"])
def test_every_plan_is_exported_whatever_its_title(kind, title, city, editor, client):
    plan = make_plan(city, {"Ulaşım": [section("Otobüs", "Son otobüs.")]}, by=editor, title=title.strip())
    publish_version(by=editor, plan=plan)
    assert client.get(reverse(f"plans:{kind}", args=[plan.pk, 1])).status_code == 200


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("body", ["=HYPERLINK(0)", "Merhaba,=HYPERLINK(0)", "Merhaba;@SUM(1)", "Sonra,+1", "-1"])
def test_no_cell_is_a_formula_whatever_the_separator(body, separator, say, plan, client):
    say(body)
    content = client.get(reverse("plans:comments_csv", args=[plan.pk, 1])).content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(content), delimiter=separator) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
