"""The editors' work between two versions of a demo plan: the changes of revision.toml, made in the chapters' drafts."""

import json
import uuid
from collections.abc import Callable
from html import escape
from typing import Any

from common.markdown import render_markdown
from members.models import User
from plans.docx.kinds import field_of
from plans.models import PlanPage, PlanVersion

Block = dict[str, Any]


class Drafts:
    """All chapters' sections as raw blocks, addressed by the numbers of one version."""

    def __init__(self, plan: PlanPage, version: PlanVersion) -> None:
        self.chapters = [page.get_latest_revision_as_object() for page in plan.chapters]
        self.blocks: dict[int, list[Block]] = {page.pk: list(page.sections.raw_data) for page in self.chapters}
        self.keys = dict(version.texts.values_list("number", "section__key"))

    def find(self, number: str) -> tuple[list[Block], int]:
        """The chapter's blocks and the position of the section in them. Raises LookupError."""
        for blocks in self.blocks.values():
            for position, block in enumerate(blocks):
                if block["id"] == self.keys[number]:
                    return blocks, position
        raise LookupError(f"section {number} is not in the drafts")

    def save(self, by: User) -> None:
        for page in self.chapters:
            page.sections = json.dumps([dict(block) for block in self.blocks[page.pk]])
            page.save_revision(user=by).publish(user=by)


def _replace(drafts: Drafts, change: dict[str, str]) -> None:
    blocks, position = drafts.find(change["section"])
    value = json.dumps(blocks[position]["value"], ensure_ascii=False)
    old, new = (json.dumps(escape(change[name], quote=False), ensure_ascii=False)[1:-1] for name in ("old", "new"))
    if value.count(old) != 1:
        raise LookupError(f"section {change['section']}: {change['old']!r} stands there {value.count(old)} times")
    blocks[position]["value"] = json.loads(value.replace(old, new))


def _add(drafts: Drafts, change: dict[str, str]) -> None:
    blocks, position = drafts.find(change["after"])
    value: dict[str, Any] = {"heading": change["heading"], "footnotes": []}
    paragraphs = []
    for paragraph in change["body"].strip().split("\n\n"):
        if field := field_of(change["kind"], paragraph):
            value[field[0]] = field[1]
        else:
            paragraphs.append(paragraph)
    value["body"] = [{"type": "text", "value": render_markdown("\n\n".join(paragraphs)), "id": str(uuid.uuid4())}]
    blocks.insert(position + 1, {"type": change["kind"], "value": value, "id": str(uuid.uuid4())})


def _remove(drafts: Drafts, change: dict[str, str]) -> None:
    blocks, position = drafts.find(change["section"])
    del blocks[position]


def _move(drafts: Drafts, change: dict[str, str]) -> None:
    blocks, position = drafts.find(change["section"])
    block = blocks.pop(position)
    target, after = drafts.find(change["after"])
    target.insert(after + 1, block)


def _rename(drafts: Drafts, change: dict[str, str]) -> None:
    blocks, position = drafts.find(change["section"])
    blocks[position]["value"]["heading"] = change["new"]


_OPERATIONS: dict[str, Callable[[Drafts, dict[str, str]], None]] = {
    "replace": _replace,
    "add": _add,
    "remove": _remove,
    "move": _move,
    "heading": _rename,
}


def revise(*, by: User, plan: PlanPage, version: PlanVersion, changes: list[dict[str, str]]) -> None:
    """Apply the changes, whose section numbers are those of `version`, and approve the chapters' new text."""
    drafts = Drafts(plan, version)
    for change in changes:
        _OPERATIONS[change["op"]](drafts, change)
    drafts.save(by)
