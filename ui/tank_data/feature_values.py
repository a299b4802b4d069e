"""Values of features as columns, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QDate, QDateTime

from ...analysis.selection.columns import DATE, NUMBER, YEAR

if TYPE_CHECKING:
    import numpy as np

    from ...analysis.selection.coding import Raw

_FIRST_JULIAN_DAY = 2_440_588  # of 1970-01-01, from which numpy counts days


def column_of(kind: str) -> Texts | Numbers:
    """Return a column that grows by parts, for values of a kind (see ``analysis.selection.columns``)."""
    from ...sources.files.coded_text import CodedText

    return Numbers() if kind in (YEAR, NUMBER) else Days() if kind == DATE else Texts(CodedText())


class Texts:
    """Text as codes."""

    def __init__(self, texts: Any) -> None:
        self._texts = texts

    def take(self, values: list[Any]) -> None:
        """Add the next values, as QGIS gives them."""
        self._texts.take_each([None if _is_null(value) else str(value) for value in values])

    def finish(self) -> Raw:
        """Return the column."""
        return self._texts.finish()


class Numbers:
    """Numbers, NaN where there is none."""

    def __init__(self) -> None:
        self._parts: list[np.ndarray] = []

    def take(self, values: list[Any]) -> None:
        """Add the next values, as QGIS gives them."""
        import numpy as np

        self._parts.append(np.array([np.nan if _is_null(value) else value for value in values]))

    def finish(self) -> Raw:
        """Return the column."""
        import numpy as np

        return np.concatenate([part for part in self._parts if len(part)] or [np.empty(0)])


class Days(Numbers):
    """Days, NaT where there is none."""

    def take(self, values: list[Any]) -> None:
        """Add the next values, as QGIS gives them."""
        import numpy as np

        days = np.array([_day(value) for value in values], dtype="datetime64[D]")
        self._parts.append(days)

    def finish(self) -> Raw:
        """Return the column."""
        import numpy as np

        return np.concatenate([*self._parts, np.empty(0, dtype="datetime64[D]")])


def _day(value: Any) -> Any:
    import numpy as np

    day = value.date() if isinstance(value, QDateTime) else value
    if not isinstance(day, QDate) or not day.isValid():
        return np.datetime64("NaT")
    return np.datetime64(day.toJulianDay() - _FIRST_JULIAN_DAY, "D")


def _is_null(value: Any) -> bool:
    return value is None or (hasattr(value, "isNull") and value.isNull())
