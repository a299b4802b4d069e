"""Text that a spreadsheet does not take for a formula."""

from __future__ import annotations

import re
from typing import Any

# Spreadsheets take text that begins so for a formula, which may call programs; wide forms too, where those are typed.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def harmless(value: Any) -> Any:
    """Return text with an apostrophe before it where a spreadsheet would take it for a formula; all else as it is."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if _FORMULA.match(value) else value
