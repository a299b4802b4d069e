"""The HTML report of a run: definitions first, then numbers, then tables. One file, no script, no network."""

from __future__ import annotations

import os
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingException

from ...translation import tr
from ..base import RESOURCES

if TYPE_CHECKING:
    import pandas as pd

_TEMPLATE = "report.html.j2"
# More would make a page that no browser shows; the output tables hold them all, and the report says so.
_MOST_ROWS = 500


def write_report(
    path: str,
    title: str,
    parameters: list[tuple[str, str, str]],
    headline: dict[str, Any],
    tables: dict[str, pd.DataFrame],
) -> None:
    """Write the report aside and rename it, so that a full disk leaves an earlier one as it was."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(str(RESOURCES / "templates")), autoescape=True, undefined=StrictUndefined
    )
    text = environment.get_template(_TEMPLATE).render(
        title=title,
        parameters=parameters,
        headline={name: _shown(value) for name, value in headline.items()},
        tables={name: _rows(frame) for name, frame in tables.items()},
    )
    try:
        _write_aside(Path(path), text)
    except OSError as error:
        raise QgsProcessingException(
            tr("The report could not be written to {path}: {why}. Choose another place.").format(
                path=path, why=error.strerror or error
            )
        ) from error


def _write_aside(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".part")
    try:
        aside.write_text(text, encoding="utf-8")
        os.replace(aside, path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def _rows(frame: pd.DataFrame) -> tuple[list[str], list[list[str]], int]:
    """Return the names of the columns, the first rows as text, and how many rows there are."""
    names = [str(name) for name in frame.columns]
    # A year is a name, not an amount: 2020, not 2,020.
    group = ["" if name.endswith("year") else "," for name in names]
    shown = frame.head(_MOST_ROWS).itertuples(index=False)
    return names, [[_shown(v, g) for v, g in zip(row, group)] for row in shown], len(frame)


def _shown(value: Any, group: str = ",") -> str:
    """Return a value as a person reads it, thousands parted by ``group``: an en dash where it is not known."""
    import pandas as pd

    if value is None or value is pd.NaT or value != value:
        return "–"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:{group}.0f}" if value.is_integer() else f"{value:{group}.2f}"
    return f"{value:{group}d}" if isinstance(value, Integral) else str(value)
