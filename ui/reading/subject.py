"""What is read: everything that the filter shows, or one thing that was clicked on the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry

SITE, UNIT, TANK = "site", "unit", "tank"


@dataclass(frozen=True)
class Subject:
    """A site, a unit or a tank under a click.

    ``fields``: what its layer says of it, by the fields' names; what is not known is left out. ``shape`` is in the CRS
    of the tank layer (``crs``). ``fid``: of a tank.
    ``layer_id``: of its layer.
    """

    kind: str
    layer_name: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    shape: QgsGeometry = field(default_factory=QgsGeometry)
    crs: QgsCoordinateReferenceSystem = field(default_factory=QgsCoordinateReferenceSystem)
    fid: int | None = None
    layer_id: str = ""

    def text(self, *names: str) -> str:
        """Return the first of these fields that says something, as text."""
        return next((str(self.fields[name]) for name in names if self.fields.get(name) not in (None, "")), "")
