"""A source that is compared with another: tanks or sites, with what of their columns can be held side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeatureRequest,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

from ...analysis import fields
from ...analysis.fields import find_columns
from ...analysis.progress import Cancelled
from ...translation import tr
from .feature_source import NO_CHECK, open_source
from .shape_reader import Shapes, read_shapes
from .tank_columns import understood
from .tank_reader import as_array, plain

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ...analysis.comparison.things import Things

AUTO = "auto"
_ID_OF = {"tank_id": fields.TANK_KIND, "site_id": fields.SITE_KIND}
_READ = ["status", "status_date", "first_seen", "last_seen", "date_precision", "country"]
_RANGE = ("first_seen_from", "first_seen_to")
_EVERY = 1_000


@dataclass(frozen=True)
class Compared:
    """One source: its things that have a place, the feature of each, and the features that have none."""

    things: Things
    feature_ids: list[int]
    without_place: list[int]
    name: str

    def __len__(self) -> int:
        return len(self.feature_ids) + len(self.without_place)


def read_compared(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    kind: str,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> Compared:
    """Read a source; say in the log what it is taken for. ``kind``: tanks, sites, or auto.

    Raises QgsProcessingException for a layer that cannot be compared.
    """
    import shapely

    from ...analysis.comparison.things import Things

    source = open_source(algorithm, parameters, name, context)
    columns = _columns(source)
    layer = algorithm.parameterAsVectorLayer(parameters, name, context)
    fast = _read_fast(layer, source, columns, context)
    read = read_shapes(algorithm, parameters, name, context, feedback) if fast is None else fast[0]
    chosen = _kind(kind, columns, read, feedback)
    shapes = _whole(read, chosen)
    there = ~shapely.is_missing(shapes)
    values = _values(source, columns, feedback) if fast is None else fast[1]
    table = _table(values, columns, read.feature_ids, chosen, feedback)
    compared = Compared(
        Things(chosen, shapes[there], table[there].reset_index(drop=True)),
        [fid for fid, placed in zip(read.feature_ids, there) if placed],
        [fid for fid, placed in zip(read.feature_ids, there) if not placed],
        read.name,
    )
    _tell(compared, name, feedback)
    return compared


def _kind(chosen: str, found: dict[str, str], read: Shapes, feedback: QgsProcessingFeedback) -> str:
    if chosen != AUTO:
        feedback.pushInfo(tr("{name} holds {kind}, as was said.").format(name=read.name, kind=chosen))
        return chosen
    for column, kind in _ID_OF.items():
        if column in found:
            text = tr("{name} is taken to hold {kind}: it has a column {column}.")
            feedback.pushInfo(text.format(name=read.name, kind=kind, column=column))
            return kind
    kind = fields.SITE_KIND if read.polygons else fields.TANK_KIND
    text = tr(
        "{name} has neither a column tank_id nor site_id. It is taken to hold {kind}, for it holds {shapes}. If that "
        "is wrong, say what it holds (A_KIND, B_KIND)."
    )
    shapes = tr("polygons") if read.polygons else tr("points")
    feedback.pushWarning(text.format(name=read.name, kind=kind, shapes=shapes))
    return kind


def _whole(read: Shapes, kind: str) -> np.ndarray:
    """Return the shapes, multipoints of one as points, polygons valid. Raises where several tanks are one feature."""
    import numpy as np
    import shapely

    shapes = read.shapes.copy()
    multi = shapely.get_type_id(shapes) == shapely.GeometryType.MULTIPOINT
    several = multi & (shapely.get_num_geometries(shapes) > 1)
    if several.any() and kind == fields.TANK_KIND:
        text = tr(
            "{n} rows of {name} are multipoints of several tanks. Split them first (Multipart to singleparts, "
            "native:multiparttosingleparts), so that each tank can be matched."
        )
        raise QgsProcessingException(text.format(n=int(several.sum()), name=read.name))
    shapes[multi & ~several] = shapely.get_geometry(shapes[multi & ~several], 0)
    broken = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    return np.asarray(shapes, dtype=object)


def _columns(source: QgsProcessingFeatureSource) -> dict[str, str]:
    """Return the layer's column for each of ours that it has."""
    names = source.fields().names()
    by_name = {name.casefold(): name for name in names}
    # A shapefile cuts both ends of the range to one name, so they are told by their whole names only.
    ranges = {name: by_name[name] for name in _RANGE if name in by_name}
    return {**find_columns(names, [*_ID_OF, *_READ]), **ranges}


def _read_fast(
    layer: QgsVectorLayer | None,
    source: QgsProcessingFeatureSource,
    columns: dict[str, str],
    context: QgsProcessingContext,
) -> tuple[Shapes, dict[str, np.ndarray]] | None:
    """Return the points and the columns of a plain file, straight from it; None where it must be read slowly."""
    import numpy as np
    import shapely

    from ...analysis.tanks import usable_position
    from .arrow_reader import read_points
    from .degrees import to_degrees

    values = read_points(layer, source, columns) if source.sourceCrs().isValid() else None
    if values is None:
        return None
    fids, x, y = (values.pop(name) for name in ("fid", "x", "y"))
    lon, lat = to_degrees(x.astype(float), y.astype(float), source.sourceCrs(), context)
    shapes = np.full(len(fids), None, dtype=object)
    usable = usable_position(lon, lat)
    shapes[usable] = shapely.points(lon[usable], lat[usable])
    return Shapes(fids.tolist(), shapes, source.sourceName(), False), values


def _table(
    values: dict[str, np.ndarray], columns: dict[str, str], fids: list[int], kind: str, feedback: QgsProcessingFeedback
) -> pd.DataFrame:
    """Return the columns of ``fields.COMPARED_COLUMNS``, one row a feature."""
    import numpy as np
    import pandas as pd

    from ...analysis.comparison.things import spans

    found = {name: columns[name] for name in _READ if name in columns}
    known, notes = understood({name: values[name] for name in found}, found)
    for note in notes:
        feedback.pushWarning(note)
    own_id = next(name for name, of in _ID_OF.items() if of == kind)
    table = pd.DataFrame(index=range(len(fids)))
    table["id"] = _texts(values.get(own_id, fids), fids)
    status = pd.Series(known.get("status"), table.index, dtype=object)
    table["status"] = status.where(status.isin(fields.STATUSES), fields.UNKNOWN)
    for name in ("status_date", "last_seen", "first_seen"):
        table[name] = pd.Series(known.get(name, pd.NaT), table.index).astype("datetime64[ns]")
    precision = known.get("date_precision", np.full(len(fids), fields.DAY))
    table["first_seen_from"], table["first_seen_to"] = spans(table["first_seen"], precision)
    for name in (one for one in _RANGE if one in columns):
        dates = understood({"first_seen": values[name]}, {"first_seen": columns[name]})[0]["first_seen"]
        table[name] = pd.Series(dates, table.index).astype("datetime64[ns]")
    table["country"] = _texts(values["country"], [None] * len(fids)) if "country" in values else None
    return table[[field.name for field in fields.COMPARED_COLUMNS]]


def _values(
    source: QgsProcessingFeatureSource, columns: dict[str, str], feedback: QgsProcessingFeedback
) -> dict[str, np.ndarray]:
    indexes = {name: source.fields().indexFromName(column) for name, column in columns.items()}
    request = QgsFeatureRequest().setSubsetOfAttributes(list(indexes.values()))
    request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
    values: dict[str, list] = {name: [] for name in columns}
    for number, feature in enumerate(source.getFeatures(request, NO_CHECK)):
        if number % _EVERY == 0 and feedback.isCanceled():
            raise Cancelled
        for name, index in indexes.items():
            values[name].append(plain(feature[index]))
    return {name: as_array(found) for name, found in values.items()}


def _texts(values: Any, otherwise: list[Any]) -> list[str | None]:
    """Return ids as text, 17.0 as 17; where one is missing, what is given otherwise."""
    texts = []
    for value, other in zip(values, otherwise):
        missing = value is None or value == "" or value != value
        one = other if missing else value
        texts.append(f"{one:.15g}" if isinstance(one, float) else None if one is None else str(one))
    return texts


def _tell(compared: Compared, name: str, feedback: QgsProcessingFeedback) -> None:
    if compared.without_place:
        text = tr(
            "{n} of {all} rows of {name} have no usable position (no geometry, not a number, or outside the world): "
            "they cannot be matched, and stand in ONLY_{side} with that reason."
        )
        numbers = {"n": len(compared.without_place), "all": len(compared)}
        feedback.pushWarning(text.format(name=compared.name, side=name, **numbers))
    if doubles := compared.things.doubles():
        text = tr(
            "{n} of {kind} of {name} stand where another of the same source stands: each is matched by itself, and "
            "one that is in the source twice cannot be told from two."
        )
        feedback.pushWarning(text.format(n=doubles, kind=compared.things.kind, name=compared.name))
    ids = compared.things.table["id"]
    if repeated := int(ids.duplicated().sum()):
        text = tr("{n} ids of {name} are in it more than once (such as {example}).")
        example = ids[ids.duplicated()].iloc[0]
        feedback.pushWarning(text.format(n=repeated, name=compared.name, example=example))
