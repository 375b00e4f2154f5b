"""What the window shows and does: the open archive, item models over immutable rows, long work."""
