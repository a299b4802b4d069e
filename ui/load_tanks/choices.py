"""What the user says about a file, as the preview and the algorithm take it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..background import IsCancelled, Work

if TYPE_CHECKING:
    from ...sources.preview import Preview


@dataclass(frozen=True)
class Choices:
    """What was chosen: ``layer`` "" and ``crs`` "": as the file says; ``columns``: role → column, "" for none."""

    path: str = ""
    layer: str = ""
    crs: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    is_cached_release: bool = False

    @property
    def field_map(self) -> str:
        """The columns as FIELD_MAP."""
        from ...sources.columns.roles import field_map_text

        return field_map_text(self.columns)

    def parameters(self, snapshot_year: int | None) -> dict[str, Any]:
        """Return the algorithm's parameters. The release in the cache is no file of the user's."""
        return {
            "INPUT": "" if self.is_cached_release else self.path,
            "LAYER": self.layer,
            "CRS": _for_processing(self.crs),
            "FIELD_MAP": self.field_map,
            "SNAPSHOT_YEAR": snapshot_year,
            "MODE": "offline" if self.is_cached_release else "cache-first",
        }

    def reading(self) -> Work:
        """Return the work that reads a preview."""

        def read(is_cancelled: IsCancelled, _: object) -> Preview:
            from ...sources.preview import preview

            field_map = self.field_map
            return preview(self.path, layer=self.layer, crs=self.crs, field_map=field_map, is_cancelled=is_cancelled)

        return read


def _for_processing(crs: str) -> str | None:
    """Return a CRS as Processing reads it: WKT needs a prefix there, which GDAL does not know."""
    if not crs:
        return None
    return f"WKT:{crs}" if "[" in crs else crs
