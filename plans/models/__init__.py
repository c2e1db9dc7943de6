"""A plan: drafted as Wagtail pages, published as versions that never change, discussed section by section.

`PlanPage` and its `ChapterPage`s are the draft. `Section` is the permanent identity of a section: comments and links
hold on to it. A `PlanVersion` with its `SectionText`s is what the public reads. A `Quote` says what a comment is about and
never changes; an `Anchor` says where that stands in one version. A `Phase` decides who may do what, a `Change` says why a
section differs, an `Adoption` that the platform stands behind a version.
"""

from plans.models.adoption import Adoption, Endorsement, QuorumChange, QuorumRule
from plans.models.comments import Anchor, Answer, AnswerRevision, Quote, Settlement
from plans.models.ledger import Change, Successor
from plans.models.pages import ChapterPage, PlanPage
from plans.models.phases import Phase
from plans.models.suggestions import Suggestion, Support
from plans.models.versions import PlanVersion, ReadMark, Section, SectionText

__all__ = [
    "Adoption",
    "Anchor",
    "Answer",
    "AnswerRevision",
    "Change",
    "ChapterPage",
    "Endorsement",
    "Phase",
    "PlanPage",
    "PlanVersion",
    "QuorumChange",
    "QuorumRule",
    "Quote",
    "ReadMark",
    "Section",
    "SectionText",
    "Settlement",
    "Successor",
    "Suggestion",
    "Support",
]
