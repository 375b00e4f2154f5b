"""The text tree and what can be done with it."""
