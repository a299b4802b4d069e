"""What the played services send, and how the tests ask for it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

from leachwatch.sources.cache.store import Store
from leachwatch.sources.online.endpoints import Endpoints
from leachwatch.sources.online.network import Network
from leachwatch.sources.online.obtain import Obtained, obtain

NETWORK = Network(connect_timeout=2, read_timeout=2, retries=0, backoff=0.01)
CSV = b"FeatureUID,Latitude,Longitude,ImageDate\n1,25.9,98.4,3/14/2021\n2,25.91,98.41,3/14/2021\n"
FGDC = b"<?xml version='1.0'?><metadata><eainfo><detailed/></eainfo></metadata>"
SHP = (9994).to_bytes(4, "big") + bytes(20) + (50).to_bytes(4, "big") + (1000).to_bytes(4, "little") + bytes(68)
DBF = bytes([3, 125, 1, 1]) + bytes(4) + (33).to_bytes(2, "little") + (1).to_bytes(2, "little") + bytes(20) + b"\r\x1a"


def zipped(**files: bytes) -> bytes:
    """Return a zip; the names of its files are written with ``__`` for a point, ``___`` for a slash."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name.replace("___", "/").replace("__", ".")), content)
    return packed.getvalue()


def shapefiles(*stems: str) -> bytes:
    """Return a zip of empty shapefiles."""
    return zipped(**{f"{stem}__{end}": content for stem in stems for end, content in _PARTS.items()})


_PARTS = {"shp": SHP, "shx": SHP, "dbf": DBF, "prj": b'GEOGCS["WGS 84"]'}


def geojson(*properties: dict[str, Any], kind: str = "Polygon", **more: Any) -> bytes:
    """Return a FeatureCollection, one square a row of properties."""
    ring = [[98.1, 25.1], [98.2, 25.1], [98.2, 25.2], [98.1, 25.1]]
    places = {"Polygon": [ring], "MultiPolygon": [[ring]], "Point": ring[0]}
    shape = {"type": kind, "coordinates": places[kind]}
    features = [{"type": "Feature", "properties": row, "geometry": shape} for row in properties]
    return json.dumps({"type": "FeatureCollection", **more, "features": features}).encode()


def md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def at(base: str) -> Endpoints:
    """Return endpoints that all stand on the test's server."""
    return Endpoints(base, base, base, f"{base}/lfs", base)


def got(dataset: Any, folder: Path, mode: str = "cache-first", network: Network = NETWORK, **more: Any) -> Obtained:
    """Obtain a dataset into a cache in a folder."""
    return obtain(dataset, mode, Store(folder), network, **more)


def names_in(path: Path) -> list[str]:
    """Return the names in a zip, sorted."""
    with zipfile.ZipFile(path) as opened:
        return sorted(opened.namelist())
