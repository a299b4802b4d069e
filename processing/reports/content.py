"""What a report holds, whichever form it takes: each algorithm fills one, and the writers draw it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Union

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ...analysis.fields import Field

Amount = Union[int, float, None]


@dataclass(frozen=True)
class Number:
    """A headline number; None is not known. ``low`` and ``high``: at least, at most, where dates leave it open."""

    label: str
    value: Amount
    unit: str = ""
    low: Amount = None
    high: Amount = None
    meaning: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart: ``draw`` is given matplotlib's axes. The caption says in words what it shows."""

    key: str
    title: str
    caption: str
    draw: Callable[[Any], None]


@dataclass(frozen=True)
class Table:
    """A table without geometry. The key, letters and underscores, names its CSV and its sheet.

    ``brief``: the columns that the PDF has room for; none: its first ones.
    """

    key: str
    title: str
    frame: pd.DataFrame
    note: str = ""
    brief: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapLayer:
    """A layer of the map, drawn above those after it, in a style of ``resources/styles``."""

    title: str
    frame: gpd.GeoDataFrame
    fields: list[Field]
    style: str


@dataclass(frozen=True)
class DataSource:
    """Where an input comes from, as far as its metadata say."""

    role: str
    name: str
    citation: str = ""
    licence: str = ""
    details: tuple[str, ...] = ()
    synthetic: bool = False


@dataclass(frozen=True)
class Report:
    """A report: what was asked, what it means, what came out, where from, and what to be careful about.

    ``uncertainty``: the tables that say how much of the result is sure.
    """

    question: str
    numbers: list[Number]
    tables: list[Table]
    charts: list[Chart] = field(default_factory=list)
    map_layers: list[MapLayer] = field(default_factory=list)
    caveats: list[str] = field(default_factory=list)
    sources: list[DataSource] = field(default_factory=list)
    uncertainty: list[Table] = field(default_factory=list)
