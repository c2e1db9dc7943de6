"""What is done with the words of a section. Pure: no Django."""
