"""The cache keeps content by checksum, gives back what was put there, and nothing else."""

from __future__ import annotations

import hashlib

import pytest
from leachwatch.sources.cache.store import Store
from leachwatch.sources.provenance import Provenance

KEY = "usgs-tanks"


def about(retrieved="2025-11-22T08:30:00Z", key=KEY, **more):
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


@pytest.fixture()
def store(tmp_path):
    return Store(tmp_path / "cache")


@pytest.fixture()
def file(tmp_path):
    path = tmp_path / "download.bin"
    path.write_bytes(b"PK tanks")
    return path


def test_nothing_is_created_before_the_first_put(store):
    assert store.get(KEY) is None
    assert (store.entries(), store.problems(), store.size(), store.clear()) == ([], [], 0, 0)
    assert not store.folder.exists()


def test_what_was_put_comes_back(store, file):
    put = store.put(file, about())
    got = Store(store.folder).get(KEY)
    assert got == put
    assert got.path.read_bytes() == b"PK tanks"
    assert got.path.name == "tanks.zip"
    assert got.provenance == about(size=8, sha256=hashlib.sha256(b"PK tanks").hexdigest())
    assert file.exists()
    assert [entry.path for entry in store.entries()] == [put.path]
