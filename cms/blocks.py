"""Blocks of articles and pages."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageBlock

ARTICLE_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "blockquote", "superscript"]


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"))
    source = blocks.CharBlock(label=_("Who said it"), required=False)

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        template = "cms/blocks/quotation.html"


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "italic", "link", "ul", "ol"])

    class Meta:
        label = _("Call-out")
        icon = "info-circle"
        template = "cms/blocks/callout.html"


class ArticleBody(blocks.StreamBlock):
    """What an article is made of."""

    text = blocks.RichTextBlock(label=_("Text"), features=ARTICLE_FEATURES)
    image = ImageBlock(label=_("Picture"), template="cms/blocks/image.html")
    table = TableBlock(label=_("Table"), template="cms/blocks/table.html")
    quotation = QuotationBlock()
    callout = CalloutBlock()
