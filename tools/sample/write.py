"""Writes the sample as text: GeoJSON with one feature a line, and QGIS layer metadata beside each file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from ...analysis import fields
from .build import Sample

TANKS, UNITS = "tanks_synthetic_sample", "townships_synthetic_sample"
BOUNDARY = {"boundary_source": "synthetic-sample: schematic cell, not a boundary", "boundary_version": "schematic 1"}
METADATA = """<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0">
  <identifier>leachwatch:{name}</identifier>
  <parentidentifier></parentidentifier>
  <language>ENG</language>
  <type>dataset</type>
  <title>{title}</title>
  <abstract>{abstract}</abstract>
  <keywords vocabulary="keywords">
    <keyword>synthetic</keyword>
    <keyword>rare earths</keyword>
  </keywords>
  <links/>
  <history>{history}</history>
  <fees></fees>
  <rights>Made by the Leachwatch project.</rights>
  <license>GPL-2.0-or-later</license>
  <encoding>UTF-8</encoding>
  <crs>
    <spatialrefsys>
      <wkt></wkt>
      <proj4>+proj=longlat +datum=WGS84 +no_defs</proj4>
      <srsid>3452</srsid>
      <srid>4326</srid>
      <authid>EPSG:4326</authid>
      <description>WGS 84</description>
      <projectionacronym>longlat</projectionacronym>
      <ellipsoidacronym>EPSG:7030</ellipsoidacronym>
      <geographicflag>true</geographicflag>
    </spatialrefsys>
  </crs>
  <extent/>
</qgis>
"""
TITLES = {TANKS: "Tanks (synthetic sample)", UNITS: "Townships and counties (synthetic sample)"}
ABSTRACTS = {
    TANKS: (
        "Every tank in this layer is invented: no position, date, status, type or size was observed, and none may be"
        " cited. The layer serves to try out and to test Leachwatch. It imitates three published totals and nothing"
        " else: about 2,700 leaching ponds and 371 mining sites as of December 2024, 126 of them before the coup of"
        " February 2021 (ISP-Myanmar, Mapping No. 93). ISP-Myanmar counted them in Kachin; here they are spread over"
        " townships of Kachin and Shan and counties of Jiangxi, in proportions that are invented too."
    ),
    UNITS: (
        "Schematic cells, not boundaries: discs of 28 km around the positions of towns or middles of counties"
        " (published, but for Mongyawng, which is approximate), each cut half way to a neighbour. Names and codes are"
        " real, shapes and areas are not. They serve to try out and to test Leachwatch with the invented tanks of its"
        " synthetic sample."
    ),
}
HISTORY = "Made by tools/make_sample.py from random numbers with a fixed seed, along invented valleys."


def write(sample: Sample, folder: Path) -> list[Path]:
    """Write the two layers and their metadata into a folder; return the four paths."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        f"{TANKS}.geojson": _collection(TANKS, [_tank(row) for row in sample.rows]),
        f"{UNITS}.geojson": _collection(UNITS, _units(sample)),
        f"{TANKS}.qmd": _metadata(TANKS),
        f"{UNITS}.qmd": _metadata(UNITS),
    }
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    return [folder / name for name in texts]


def _collection(name: str, features: list[dict[str, Any]]) -> str:
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    return f'{{"type":"FeatureCollection","name":"{name}","features":[\n{lines}\n]}}\n'


def _tank(row: dict[str, Any]) -> dict[str, Any]:
    values = {field.name: _plain(row[field.name]) for field in fields.TANKS}
    return _feature(values, {"type": "Point", "coordinates": [row["lon"], row["lat"]]})


def _units(sample: Sample) -> list[dict[str, Any]]:
    features = []
    for cell in sample.cells:
        place = cell.place
        known = dict(zip(("unit_code", "unit_name", "unit_name_local", "parent_name", "country"), place))
        values = {**known, "area_km2": cell.area_km2, **BOUNDARY}
        polygon = {"type": "Polygon", "coordinates": [cell.ring]}
        features.append(_feature({field.name: values[field.name] for field in fields.UNITS}, polygon))
    return features


def _feature(values: dict[str, Any], geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": values, "geometry": geometry}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _metadata(name: str) -> str:
    texts = {"title": TITLES[name], "abstract": ABSTRACTS[name], "history": HISTORY}
    return METADATA.format(name=name, **{key: escape(text) for key, text in texts.items()})
