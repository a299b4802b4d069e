"""What the tests of the cache put in it."""

from __future__ import annotations

from pathlib import Path

from leachwatch.sources.provenance import Provenance

KEY = "usgs-tanks"


def about(retrieved: str = "2025-11-22T08:30:00Z", key: str = KEY, **more: object) -> Provenance:
    """Return what is known of a data set before its checksum is."""
    known = {
        "title": "Tanks",
        "source_url": "https://example.org/tanks.zip",
        "landing_page": "https://example.org/",
        "licence": "CC0",
        "citation": "Somebody, 2025",
        "version": "1",
        "file_name": "tanks.zip",
        "size": 0,
        "sha256": "",
    }
    return Provenance(key=key, retrieved=retrieved, **{**known, **more})


def written(path: Path, content: bytes) -> Path:
    """Write a file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
