"""Møtebok: one local archive of meetings, saker, vedtak and referater, and their Word documents."""

__version__ = "0.1.0"
