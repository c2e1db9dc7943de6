"""A version of a plan, with what was said about it, as files: PDF, Word, tables."""
