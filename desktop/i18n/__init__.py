"""Dates, clock times, lists, sorting and the catalogues of words."""
