"""Makes a Word file's tree plain before it is read: body → paragraphs and tables, paragraph → runs and links.

Content controls, smart tags and fields are opened, of drawings that are there twice one is kept, text boxes become
paragraphs behind the one they hang on.
"""

from __future__ import annotations

from lxml import etree

from plans.docx.tree import MC, W, ancestors, attribute, remove, text_of, unwrap

FROM_BOX = "box"  # an attribute of our own: on the first paragraph "first", on the others "more"
_WRAPPERS = [f"{W}{name}" for name in ("smartTag", "customXml", "fldSimple", "bdo", "dir", "sdtContent", "sdt")]
_DROPPED = [f"{W}{name}" for name in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "proofErr")]


def tidy(root: etree._Element) -> bool:
    """Tidy the tree in place. Returns whether a table of contents made by Word was taken out."""
    had_contents = _remove_contents_controls(root)
    for alternative in list(root.iter(f"{MC}AlternateContent")):
        _choose(alternative)
    had_contents = _remove_contents_fields(root) or had_contents
    for element in list(root.iter(*_DROPPED)):
        remove(element)
    for element in list(root.iter(*_WRAPPERS)):
        unwrap(element)
    for box in list(root.iter(f"{W}txbxContent")):
        _take_out(box)
    return had_contents


def _choose(alternative: etree._Element) -> None:
    """Newer and older programs get the same drawing; the newer form is read."""
    options = alternative.findall(f"{MC}Choice") or alternative.findall(f"{MC}Fallback")
    alternative[:] = list(options[0]) if options else []
    unwrap(alternative)


def _remove_contents_controls(root: etree._Element) -> bool:
    found = False
    for gallery in list(root.iter(f"{W}docPartGallery")):
        if attribute(gallery) == "Table of Contents":
            control = next(ancestors(gallery, "sdt"), None)
            if control is not None:
                remove(control)
                found = True
    return found


def _remove_contents_fields(root: etree._Element) -> bool:
    """Tables of contents, figures and tables, and an index, that stand there as fields over several paragraphs."""
    open_fields: list[tuple[etree._Element, list[str]]] = []
    found = False
    for node in list(root.iter(f"{W}fldChar", f"{W}instrText")):
        if node.tag == f"{W}instrText":
            if open_fields:
                open_fields[-1][1].append(node.text or "")
        elif attribute(node, "fldCharType") == "begin":
            open_fields.append((node, []))
        elif attribute(node, "fldCharType") == "end" and open_fields:
            begin, instruction = open_fields.pop()
            if "".join(instruction).split()[:1] in (["TOC"], ["INDEX"]):
                found = _remove_between(begin, node) or found
    return found


def _remove_between(begin: etree._Element, end: etree._Element) -> bool:
    first, last = next(ancestors(begin, "p"), None), next(ancestors(end, "p"), None)
    if first is None or last is None or first.getparent() is not last.getparent():
        return False
    siblings = first.getparent()
    inside = siblings[siblings.index(first) : siblings.index(last)]
    if last is first or not text_of(last):
        inside = [*inside, last]
    for paragraph in inside:
        remove(paragraph)
    return True


def _take_out(box: etree._Element) -> None:
    """A box's paragraphs and tables come behind the paragraph it hangs on; what is left of the drawing is no picture."""
    anchor = next(ancestors(box, "p"), None)
    parent = box.getparent()
    if anchor is None or parent is None:
        return
    content = [child for child in box if child.tag in (f"{W}p", f"{W}tbl")]
    is_empty = not text_of(box)
    parent.remove(box)
    if not is_empty:
        for position, child in enumerate(content):
            child.set(FROM_BOX, "more" if position else "first")
        for child in reversed(content):
            anchor.addnext(child)
    drawing = next((up for up in parent.iterancestors(f"{W}drawing", f"{W}pict", f"{W}object")), None)
    if drawing is not None and drawing.getparent() is not None and drawing.find(f".//{W}txbxContent") is None:
        drawing.set(FROM_BOX, "empty" if is_empty else "read")
