"""Pages that only remember what was asked of them, for tests of the program around the pages."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout

from desktop.views.page import Page


class StubPage(Page):
    def __init__(self, desk, tasks, preferences):
        super().__init__(desk, tasks, preferences)
        self.loads = 0
        self.changes = []
        self.target = None
        self.line = QLineEdit()
        self.text = QPlainTextEdit("\n".join(f"linje {number}" for number in range(400)))
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(self.text)

    def load(self):
        self.loads += 1

    def refresh(self, changes):
        self.changes.append(changes)

    def open(self, target):
        self.target = target

    def where(self):
        return self.target
