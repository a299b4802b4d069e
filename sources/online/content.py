"""Whether a file that came whole is what it should be, looked at before the cache takes it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ...analysis.progress import Cancelled, never
from ..errors import SourceError
from ..files import archives
from ..files.containers import data_files

MAX_JSON = 200 * 1024**2
_CHUNK = 1 << 20
_NUMBERS = rb"\[\s*-?\d[-+\d.eE,\s]*\]"
_POSITIONS = re.compile(_NUMBERS + rb"(?:\s*,\s*" + _NUMBERS + rb")*")


def require_data(file: Path, is_cancelled: Callable[[], bool] = never) -> None:
    """Raise SourceError where the loaders would find no data in the file, or it is broken or not safe to unpack."""
    with data_files(str(file), is_cancelled):
        pass


def names_in_zip(file: Path) -> list[str]:
    """Return the names of a zip's files. Raises SourceError for a zip that is broken or not safe to unpack."""
    with archives.opened(file) as zipped:
        return [entry.filename for entry in archives.check(file, zipped) if not entry.is_dir()]


def feature_collection(file: Path, is_cancelled: Callable[[], bool] = never) -> dict[str, Any]:
    """Return the GeoJSON FeatureCollection of a file, with one 0 in place of innermost lists of numbers.

    Raises SourceError for anything else, and where the server says that there are more features than it sent.
    """
    try:
        found = json.loads(_without_positions(file, is_cancelled))
    except (OSError, ValueError, RecursionError) as error:
        raise SourceError(f"{file.name} is no JSON that can be read ({str(error)[:100]}).") from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or found.get("type") != "FeatureCollection":
        raise SourceError(f"{file.name} is JSON, but no GeoJSON FeatureCollection.")
    if not any(_has_geometry(feature) for feature in features):
        raise SourceError(f"{file.name} holds no feature with a geometry.")
    _require_all(file.name, found, len(features))
    return found


def _without_positions(file: Path, is_cancelled: Callable[[], bool]) -> bytes:
    """Return JSON with one 0 for innermost lists of numbers in a row: most of a file, and not looked at here."""
    if file.stat().st_size > MAX_JSON:
        raise SourceError(f"{file.name} is larger than {MAX_JSON >> 20} MB, too large for GeoJSON to be read safely.")
    kept, rest = bytearray(), b""
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            if is_cancelled():
                raise Cancelled
            whole, bracket, rest = (rest + chunk).rpartition(b"]")
            kept += _POSITIONS.sub(b"0", whole + bracket)
            if len(rest) > 8 * _CHUNK:
                raise SourceError(f"{file.name} is no GeoJSON: it goes on for {len(rest):,} bytes without a list.")
    return bytes(kept + rest)


def polygons(file: Path, is_cancelled: Callable[[], bool] = never) -> list[dict[str, Any]]:
    """Return the properties of the polygons of a GeoJSON file. SourceError where there is none."""
    features = feature_collection(file, is_cancelled)["features"]
    kinds = ("Polygon", "MultiPolygon")
    found = [each for each in features if _has_geometry(each) and each["geometry"].get("type") in kinds]
    if not found:
        raise SourceError(f"{file.name} holds no polygon.")
    rows = (each.get("properties") for each in found)
    return [row if isinstance(row, dict) else {} for row in rows]


def _has_geometry(feature: Any) -> bool:
    return isinstance(feature, dict) and isinstance(feature.get("geometry"), dict)


def _require_all(name: str, found: dict[str, Any], sent: int) -> None:
    for key in ("numberMatched", "totalFeatures"):
        stated = found.get(key)
        if isinstance(stated, int) and stated > sent:
            raise SourceError(f"{name} is cut short: the server has {stated:,} features and sent {sent:,}.")
