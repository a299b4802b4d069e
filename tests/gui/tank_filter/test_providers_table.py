"""docs/providers.md says of each provider what works, and that is what happens here.

Write the table anew with ``LEACHWATCH_WRITE_PROVIDERS=1``, in one process.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from leachwatch.tests.gui.tank_filter.provider_checks import CHECKS
from leachwatch.tests.gui.tank_filter.provider_world import rich_tanks
from leachwatch.tests.gui.tank_world import EVERY_PROVIDER, PROVIDERS, on_provider

PAGE = Path(__file__).resolve().parents[3] / "docs" / "providers.md"
NAMES = {
    "memory": "Memory layer",
    "gpkg": "GeoPackage",
    "shapefile": "Shapefile",
    "geojson": "GeoJSON",
    "flatgeobuf": "FlatGeobuf",
    "sqlite": "SQLite file",
    "csv": "CSV, opened as a vector file",
    "csv_text": "CSV as delimited text, all of it text",
    "csv_typed": "CSV as delimited text, types detected",
    "zipped_shapefile": "Shapefile in a zip",
    "spatialite": "SpatiaLite",
    "virtual": "Virtual layer",
    "postgis": "PostGIS table",
    "postgis_view": "PostGIS view",
    "postgis_query": "PostGIS query",
}
HEAD = ["provider", *CHECKS]


def as_line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def table() -> dict[str, list[str]]:
    """The rows of the committed table by their first cell, its head among them."""
    first_part = PAGE.read_text(encoding="utf-8").partition("\n## ")[0]
    lines = [line for line in first_part.splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row for row in rows}


def rewrite(cells: list[str]) -> None:
    """Put a row where the provider's row stands now."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith(f"| {cells[0]} |"))
    lines[place] = as_line(cells)
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_the_table_has_every_provider_and_every_check():
    assert list(NAMES) == PROVIDERS
    assert list(table()) == ["provider", *NAMES.values()]
    assert table()["provider"] == HEAD


@pytest.mark.parametrize("provider", EVERY_PROVIDER)
def test_what_works_is_what_the_table_says(request, project, tmp_path, provider):
    layer = on_provider(rich_tanks(), provider, tmp_path, lambda: request.getfixturevalue("postgis"))
    assert layer.isValid() and project.addMapLayer(layer)
    cells = [NAMES[provider], *(check(layer, tmp_path) for check in CHECKS.values())]
    if os.environ.get("LEACHWATCH_WRITE_PROVIDERS"):
        rewrite(cells)
    assert table()[NAMES[provider]] == cells
