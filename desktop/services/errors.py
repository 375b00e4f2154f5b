"""What a service says when it cannot do what it is asked: a code with parameters."""

from __future__ import annotations


class ServiceError(Exception):
    """A verb refused. `i18n.messages` makes the sentence from `code` and `params`."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
