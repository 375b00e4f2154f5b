"""The workspace of one meeting: its tabs."""
