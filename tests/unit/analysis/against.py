"""The fast code and the slow on the same tanks: one's tables made of the other's rows, and compared cell by cell."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
from leachwatch.analysis import fields
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.sites.expansion import Expansion, Period
from leachwatch.analysis.tanks import tank_table
from leachwatch.analysis.units.placement import Placement, place, prepare
from leachwatch.analysis.units.summary import Question, TownshipSummary
from leachwatch.tests.reference import definition as slow_definition
from leachwatch.tests.reference.tank import Tank
from leachwatch.tests.reference.units import Unit

# 256 sides stand for the circle here and other numbers there, and each has planes of its own; half a square metre, or
# a hundredth of a percent, is what these may make.
AREA = {"rel": 5e-4, "abs": 5e-5}


def table_of(tanks: list[Tank]) -> pd.DataFrame:
    rows = [asdict(tank) for tank in tanks]
    columns = {name: [row[name] for row in rows] for name in fields.MEASURED}
    return tank_table(columns, [tank.lon for tank in tanks], [tank.lat for tank in tanks])


def units_of(units: list[Unit]) -> gpd.GeoDataFrame:
    rows = [{name: None for name in (field.name for field in fields.UNITS)} for _ in units]
    for row, unit in zip(rows, units):
        row.update(unit_code=unit.code, unit_name=unit.name, parent_name=unit.parent, country=unit.country)
    frame = gpd.GeoDataFrame(rows, geometry=[unit.polygon for unit in units], crs="EPSG:4326", dtype=object)
    return prepare(frame)[0]


def placed(table: pd.DataFrame, units: list[Unit]) -> tuple[gpd.GeoDataFrame, Placement]:
    prepared = units_of(units)
    return prepared, place(table["lon"].to_numpy(), table["lat"].to_numpy(), prepared)


def expansion(tanks, start, end, counting, definition: SiteDefinition, units: list[Unit] | None = None) -> Expansion:
    table = table_of(tanks)
    prepared, placement = (None, None) if units is None else placed(table, units)
    return Expansion(table, Period(start, end, counting), definition, prepared, placement)


def townships(tanks, start, end, counting, cut, definition: SiteDefinition, units: list[Unit]) -> TownshipSummary:
    table = table_of(tanks)
    return TownshipSummary(table, *placed(table, units), Question(start, end, counting, cut, definition))


def slow(definition: SiteDefinition) -> slow_definition.Definition:
    """Return the same definition in the slow code's own form."""
    return slow_definition.Definition(
        definition.link_distance, definition.min_tanks, definition.footprint, definition.padding
    )


def known(value: object) -> object:
    """Return a cell as plain Python: None where it is not known, dates as dates."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def assert_equal_row(found: dict, expected: dict, where: object = "") -> None:
    """Check every column that is expected: text, dates and whole numbers exactly, measures to their tolerance."""
    for name, value in expected.items():
        cell = known(found[name])
        if isinstance(value, float) and cell is not None and not isinstance(cell, date):
            assert cell == _about(name, value), (where, name)
        else:
            assert cell == value, (where, name)


def _about(name: str, value: float):
    if name.endswith("_ha"):
        return pytest.approx(value, **AREA)
    if name == "footprint_change_pct":
        return pytest.approx(value, rel=1e-3, abs=0.02)
    if name == "shift_m":
        return pytest.approx(value, rel=1e-3, abs=0.01)
    return pytest.approx(value, rel=1e-6 if name == "tanks_per_100km2" else 1e-9)
