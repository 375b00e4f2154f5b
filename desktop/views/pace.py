"""How what nobody waits for is spread over time."""

from __future__ import annotations

from typing import Final

BETWEEN_MS: Final = 15
"""What is made ahead leaves the user so much time between two pieces, in milliseconds."""
