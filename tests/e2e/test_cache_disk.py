"""The cache on a disk that is full or read-only: a real one, of 1 MB, mounted for the test."""

from __future__ import annotations

import os
import subprocess

import pytest
from leachwatch.sources.cache.exchange import export, import_
from leachwatch.sources.cache.store import CacheUnwritable, Store
from leachwatch.tests.unit.sources.cache_samples import KEY, about, written

pytestmark = pytest.mark.e2e
NEWER = "2025-11-23T00:00:00Z"


@pytest.fixture()
def disk(tmp_path):
    """A disk of 1 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"A disk may be mounted by root only: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture()
def store(disk, tmp_path):
    """A cache on that disk, with one file in it."""
    store = Store(disk)
    store.put(written(tmp_path / "old", b"PK tanks"), about())
    return store


def whole(store):
    """Say whether the cache holds what was first put in it, and no left-overs."""
    left_over = [path for path in (store.root / "work").rglob("*") if path.is_file()]
    return store.get(KEY).path.read_bytes() == b"PK tanks" and len(store.entries()) == 1 and not left_over


def test_a_file_larger_than_the_room_is_refused_before_it_is_written(store, tmp_path):
    def asked_during_the_write():
        raise AssertionError

    with pytest.raises(CacheUnwritable) as told:
        store.put(written(tmp_path / "new", bytes(3_000_000)), about(NEWER), asked_during_the_write)
    for words in (str(store.folder), "3.0 MB are needed", "1.0 MB are free", "Settings → Options → Leachwatch"):
        assert words in str(told.value)
    assert whole(store)


def test_a_disk_that_fills_up_during_the_write_leaves_the_cache_as_it_was(store, tmp_path):
    def fill():
        """Be asked whether to cancel, and use the room meanwhile."""
        room = os.statvfs(store.folder)
        (store.folder / "others").write_bytes(bytes(room.f_bavail * room.f_frsize))
        return False

    with pytest.raises(CacheUnwritable, match="has no room: 0.9 MB are needed"):
        store.put(written(tmp_path / "new", bytes(900_000)), about(NEWER), fill)
    (store.folder / "others").unlink()
    assert whole(store)
    store.put(tmp_path / "new", about(NEWER))
    assert store.get(KEY).path.stat().st_size == 900_000


def test_a_download_on_the_same_disk_needs_no_room_twice(store):
    download = written(store.workspace() / "tanks.zip", bytes(700_000))
    store.put(download, about(NEWER))
    assert store.get(KEY).path.stat().st_size == 700_000


def test_a_read_only_disk_is_read_and_not_written(store, tmp_path, disk):
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert whole(store)
    for write in (store.workspace, lambda: store.put(tmp_path / "old", about(NEWER))):
        with pytest.raises(CacheUnwritable, match="Read-only file system.*What is in it can be used"):
            write()
    with pytest.raises(CacheUnwritable, match="2 files"):
        store.clear()
    assert whole(store)


def test_a_full_stick_is_told_and_holds_what_went_on_it_before(disk, tmp_path):
    office = Store(tmp_path / "office")
    office.put(written(tmp_path / "small", b"PK townships"), about(key="cod-ab-MMR-adm3"))
    office.put(written(tmp_path / "large", bytes(3_000_000)), about())
    with pytest.raises(CacheUnwritable, match="3.0 MB are needed.*another folder to write to"):
        export(office, disk)
    field = Store(tmp_path / "field")
    assert import_(field, disk).count == 1
    assert field.get("cod-ab-MMR-adm3").path.read_bytes() == b"PK townships"


def test_an_import_that_fills_the_disk_says_how_far_it_came(disk, tmp_path):
    office = Store(tmp_path / "office")
    office.put(written(tmp_path / "small", b"PK townships"), about(key="cod-ab-MMR-adm3"))
    office.put(written(tmp_path / "large", bytes(3_000_000)), about())
    export(office, tmp_path / "stick")
    field = Store(disk)
    with pytest.raises(CacheUnwritable, match="has no room.*1 data sets were imported before"):
        import_(field, tmp_path / "stick")
    assert field.get("cod-ab-MMR-adm3").path.read_bytes() == b"PK townships"
    assert field.keys() == ["cod-ab-MMR-adm3"] and field.problems() == []
