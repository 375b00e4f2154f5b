"""The rules of the house, computed with the standard library alone."""
