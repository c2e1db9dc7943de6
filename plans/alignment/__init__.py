"""Which sentences and words of an earlier text became which of a later one. Pure: no Django."""
