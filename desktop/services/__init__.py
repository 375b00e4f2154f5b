"""One function per verb: load, act, commit."""
