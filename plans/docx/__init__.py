"""Reads a plan from a Word file. Pure: no Django, no model.

Word's XML is read directly with lxml: python-docx shows no footnotes, tracked changes or list levels, and mammoth gives
HTML in which sections, merged cells and what was lost can no longer be told apart.
"""
