"""The cache keeps content by checksum, gives back what was put there, and nothing else."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace

import pytest
from leachwatch.analysis.progress import Cancelled
from leachwatch.sources.cache.store import CacheDamaged, Store
from leachwatch.sources.errors import SourceError
from leachwatch.tests.unit.sources.cache_samples import KEY, about, written

DAY_BEFORE = "2025-11-21T08:30:00Z"
DAYS = [f"2025-11-{day:02d}T00:00:00Z" for day in range(1, 10)]


@pytest.fixture()
def store(tmp_path):
    return Store(tmp_path / "cache")


@pytest.fixture()
def file(tmp_path):
    return written(tmp_path / "download.bin", b"PK tanks")


def put_two(store, file):
    """Put an older and a newer copy; return both."""
    old = store.put(file, about(DAY_BEFORE))
    new = store.put(written(file.with_name("new"), b"PK newer tanks"), about())
    return old, new


def overwrite(path, content):
    path.chmod(0o644)
    path.write_bytes(content)


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
    assert store.entries() == [put]


def test_the_folder_can_be_read_by_eye(store, file):
    entry = store.put(file, about())
    digest = hashlib.sha256(b"PK tanks").hexdigest()
    assert entry.path == store.root / "content" / digest / "tanks.zip"
    record = store.root / "entries" / KEY / f"20251122T083000Z-{digest[:8]}.json"
    assert json.loads(record.read_text(encoding="utf-8"))["citation"] == "Somebody, 2025"
    assert not list((store.root / "work").iterdir())


def test_the_newest_copy_is_used_whichever_was_put_last(store, file):
    newer = written(file.with_name("newer"), b"newer")
    store.put(newer, about())
    store.put(file, about(DAY_BEFORE))
    assert store.get(KEY).path.read_bytes() == b"newer"
    assert [entry.provenance.retrieved for entry in store.entries()] == ["2025-11-22T08:30:00Z", DAY_BEFORE]


def test_a_copy_dated_in_the_future_does_not_hide_what_is_retrieved_later(store, file):
    store.put(file, about("2399-01-01T00:00:00Z"))
    assert store.get(KEY).path.read_bytes() == b"PK tanks"
    store.put(written(file.with_name("newer"), b"newer"), about())
    assert store.get(KEY).path.read_bytes() == b"newer"


def test_keys_are_apart(store, file):
    store.put(file, about())
    other = store.put(file, about(key="cod-ab-MMR-adm3", file_name="mmr.shp.zip"))
    assert store.get("cod-ab-MMR-adm3") == other
    assert store.get("cod-ab-CHN-adm3") is None
    assert store.keys() == ["cod-ab-MMR-adm3", KEY]


@pytest.mark.parametrize("key", ["", "..", "../x", "a/b", "a\\b", "NUL", "con.x", "a.", "ключ", "a" * 101, "a\n"])
def test_a_key_that_is_no_plain_name_is_refused(store, file, key):
    with pytest.raises(SourceError, match="key"):
        store.get(key)
    with pytest.raises(SourceError, match="key"):
        store.put(file, about(key=key))


def test_size_and_clear_agree_and_a_strangers_files_stay(store, file):
    stranger = [
        written(store.folder / "thesis.odt", b"mine"),
        written(store.root / "notes.txt", b"mine"),
        written(store.root / "content" / "photo.jpg", b"mine"),
        written(store.root / "entries" / KEY / "notes.txt", b"mine"),
        written(store.root / "content" / "holiday" / "photo.jpg", b"mine"),
    ]
    put_two(store, file)
    before = store.size()
    assert store.clear() == before - 4 * 4
    assert store.get(KEY) is None
    assert [path.read_bytes() for path in stranger] == [b"mine"] * 5
    assert sorted(path for path in store.folder.rglob("*") if path.is_file()) == sorted(stranger)


def test_clear_leaves_empty_folders(store, file):
    entry = store.put(file, about())
    written(entry.path.parent / "tanks.zip.aux.xml", b"left by a reader")
    store.clear()
    assert sorted(path.name for path in store.folder.rglob("*")) == ["content", "entries", "leachwatch-cache", "work"]


@pytest.mark.parametrize(
    ("damage", "word"),
    [
        (lambda path: overwrite(path, b"PK tonks"), "checksum"),
        (lambda path: overwrite(path, b"PK"), "2 bytes instead of 8"),
        (lambda path: path.unlink(), "No such file"),
        (lambda path: (path.unlink(), path.mkdir()), "is damaged"),
        (lambda path: (path.unlink(), os.mkfifo(path)), "is damaged"),
    ],
)
def test_damaged_content_is_not_used_and_told(store, file, damage, word):
    damage(store.put(file, about()).path)
    with pytest.raises(CacheDamaged, match=word) as told:
        store.get(KEY)
    assert "Tanks" in str(told.value) and "MODE=refresh" in str(told.value)


def test_an_older_good_copy_stands_in_for_a_damaged_one(store, file):
    old, new = put_two(store, file)
    overwrite(new.path, b"PK newer tonks")
    got = store.get(KEY)
    assert got.path == old.path
    assert len(got.notes) == 1 and "checksum" in got.notes[0]


def test_putting_damaged_content_again_mends_it(store, file):
    entry = store.put(file, about())
    overwrite(entry.path, b"PK tonks")
    store.put(file, about())
    assert store.get(KEY).path.read_bytes() == b"PK tanks"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"format": 2}', "[" * 100_000, '{"a":' * 100_000],
    ids=["empty", "half", "list", "null", "newer", "deep list", "deep object"],
)
def test_a_record_that_is_none_is_told(store, file, text):
    store.put(file, about())
    record = next((store.root / "entries" / KEY).iterdir())
    record.write_text(text, encoding="utf-8")
    with pytest.raises(CacheDamaged, match="record"):
        store.get(KEY)
    assert store.entries() == []
    assert len(store.problems()) == 1 and str(record) in store.problems()[0]


def test_a_record_that_was_renamed_is_not_used(store, file):
    store.put(file, about(DAY_BEFORE))
    record = next((store.root / "entries" / KEY).iterdir())
    record.rename(record.with_name(record.name.replace("2025", "2026")))
    with pytest.raises(CacheDamaged, match="does not belong"):
        store.get(KEY)


@pytest.mark.parametrize("level", ["content file", "content folder", "content", "record", "key", "entries"])
def test_links_out_of_the_cache_are_not_followed(store, file, tmp_path, level):
    entry = store.put(file, about())
    record = next((store.root / "entries" / KEY).iterdir())
    path = {
        "content file": entry.path,
        "content folder": entry.path.parent,
        "content": store.root / "content",
        "record": record,
        "key": record.parent,
        "entries": store.root / "entries",
    }[level]
    outside = tmp_path / "outside"
    path.rename(outside)
    path.symlink_to(outside)
    with pytest.raises(CacheDamaged, match="link|ordinary"):
        store.get(KEY)
    kept = sorted(outside.rglob("*"))
    store.clear()
    assert outside.exists() and sorted(outside.rglob("*")) == kept


@pytest.mark.parametrize("name", ["content", "entries", "work"])
def test_nothing_is_written_through_a_link(store, file, tmp_path, name):
    outside = tmp_path / "outside"
    outside.mkdir()
    store.root.mkdir(parents=True)
    (store.root / name).symlink_to(outside)
    with pytest.raises(SourceError, match="link"):
        store.put(file, about())
    assert not list(outside.iterdir())


def test_the_folder_itself_may_be_a_link(tmp_path, file):
    (tmp_path / "big disk").mkdir()
    (tmp_path / "cache").symlink_to(tmp_path / "big disk")
    store = Store(tmp_path / "cache")
    assert store.get(KEY) is None
    store.put(file, about())
    assert store.get(KEY).path.read_bytes() == b"PK tanks"


def test_the_three_newest_copies_are_kept(store, file):
    for day in DAYS:
        store.put(written(file, day.encode()), about(day))
    assert [entry.provenance.retrieved for entry in store.entries()] == DAYS[:-4:-1]


def test_an_older_copy_put_last_stays_beside_three_newer_ones(store, file):
    for day in (*DAYS[5:], DAYS[0]):
        entry = store.put(written(file, day.encode()), about(day))
    assert entry in store.entries() and len(store.entries()) == 4
    assert store.get(KEY).provenance.retrieved == DAYS[8]


def test_stated_size_and_checksum_are_held_against_the_file(store, file):
    right = about(size=8, sha256=hashlib.sha256(b"PK tanks").hexdigest())
    for wrong in (replace(right, size=9), replace(right, sha256="0" * 64)):
        with pytest.raises(SourceError, match="described"):
            store.put(file, wrong)
    assert store.entries() == [] and not list((store.root / "work").iterdir())
    assert store.put(file, right).provenance == right


def test_what_is_no_ordinary_file_is_refused(store, tmp_path, file):
    (tmp_path / "link").symlink_to(file)
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "link", tmp_path / "pipe", tmp_path / "none"):
        with pytest.raises(SourceError, match="cannot be read"):
            store.put(path, about())
    assert not store.folder.exists()


def test_cancelling_leaves_what_was_there(store, file):
    put = store.put(file, about(DAY_BEFORE))
    answers = iter([False, True])
    with pytest.raises(Cancelled):
        store.put(written(file.with_name("big"), bytes(3_000_000)), about(), lambda: next(answers))
    assert store.entries() == [put] and not list((store.root / "work").iterdir())
    with pytest.raises(Cancelled):
        store.get(KEY, lambda: True)


def test_content_is_kept_from_being_written_to_by_the_way(store, file):
    assert store.put(file, about()).path.stat().st_mode & 0o777 == 0o444


def test_a_download_in_the_workspace_is_taken_over(store):
    download = written(store.workspace() / "tanks.zip", b"PK tanks")
    number = download.stat().st_ino
    entry = store.put(download, about())
    assert entry.path.stat().st_ino == number  # not copied
    assert not list((store.root / "work").iterdir())


def test_a_download_stays_where_it_cannot_be_kept(store):
    download = written(store.workspace() / "tanks.zip", b"PK tanks")
    with pytest.raises(SourceError):
        store.put(download, about(sha256="0" * 64))
    assert download.read_bytes() == b"PK tanks"
