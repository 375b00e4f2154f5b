"""The tab Referat: the meeting mode."""
