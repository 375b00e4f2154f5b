"""The text editor's bridge between the text tree and a `QTextDocument`."""
