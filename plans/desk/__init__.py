"""The editors' pages in Wagtail's admin: plans, publishing, Word files."""
