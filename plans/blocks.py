"""The typed sections of a chapter. A block's id is the section's key and survives every edit."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock

BODY_FEATURES = ["h4", "bold", "italic", "ol", "ul", "link", "superscript"]


class BodyBlock(blocks.StreamBlock):
    """A section's text: paragraphs and lists, and tables between them."""

    text = blocks.RichTextBlock(label=_("Text"), features=BODY_FEATURES)
    table = TableBlock(label=_("Table"))

    class Meta:
        required = False


class SectionBlock(blocks.StructBlock):
    """What every section has."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=250)
    body = BodyBlock(label=_("Text"))
    footnotes = blocks.ListBlock(blocks.TextBlock(label=_("Footnote")), label=_("Footnotes"), default=[])


class TextBlock(SectionBlock):
    class Meta:
        label = _("Text")
        icon = "doc-full"


class GoalBlock(SectionBlock):
    code = blocks.CharBlock(label=_("Code"), max_length=20, required=False)

    class Meta:
        label = _("Goal")
        icon = "flag"


class ObjectiveBlock(SectionBlock):
    code = blocks.CharBlock(label=_("Code"), max_length=20, required=False)
    responsible = blocks.CharBlock(label=_("Responsible"), max_length=250, required=False)
    date = blocks.CharBlock(label=_("Date"), max_length=250, required=False)

    class Meta:
        label = _("Objective")
        icon = "pick"


class CommitmentBlock(SectionBlock):
    responsible = blocks.CharBlock(label=_("Responsible"), max_length=250, required=False)
    source = blocks.CharBlock(label=_("Source"), max_length=250, required=False)
    date = blocks.CharBlock(label=_("Date"), max_length=250, required=False)
    status = blocks.CharBlock(label=_("Status"), max_length=250, required=False)

    class Meta:
        label = _("Watched commitment")
        icon = "view"


class ActivityBlock(SectionBlock):
    responsible = blocks.CharBlock(label=_("Responsible"), max_length=250, required=False)
    partners = blocks.CharBlock(label=_("Partners"), max_length=250, required=False)
    method = blocks.CharBlock(label=_("Method"), max_length=250, required=False)
    date = blocks.CharBlock(label=_("Date"), max_length=250, required=False)

    class Meta:
        label = _("Monitoring activity")
        icon = "calendar-check"


SECTION_BLOCKS = [
    ("text", TextBlock()),
    ("goal", GoalBlock()),
    ("objective", ObjectiveBlock()),
    ("commitment", CommitmentBlock()),
    ("activity", ActivityBlock()),
]
