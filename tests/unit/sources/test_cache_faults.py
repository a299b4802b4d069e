"""Whatever happens while the cache is written to, what was in it stays, and nothing half done is seen.

Processes are forked and killed in earnest; a full and a read-only disk are in tests/e2e/test_cache_disk.py.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import random
import resource
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from leachwatch.sources.cache import files
from leachwatch.sources.cache.exchange import export, import_
from leachwatch.sources.cache.store import CacheDamaged, CacheUnwritable, Store
from leachwatch.sources.errors import SourceError
from leachwatch.tests.unit.sources.cache_samples import KEY, about, written

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
KILLS = 40
SECONDS = 1.5
OTHER = "cod-ab-MMR-adm3"


def start(work, *arguments):
    """Run a function in a process of its own."""
    process = multiprocessing.get_context("fork").Process(target=work, args=arguments)
    process.start()
    return process


def finish(*processes):
    for process in processes:
        process.join(30)
    assert [process.exitcode for process in processes] == [0] * len(processes)


def content(number):
    """Return 200 kB that tell which they are."""
    return str(number).encode().ljust(9) * 22_000


def moment(number):
    return f"2025-11-22T{number // 3600 % 24:02d}:{number // 60 % 60:02d}:{number % 60:02d}Z"


def put_numbered(store, folder, number):
    return store.put(written(folder / f"download {os.getpid()}", content(number)), about(moment(number)))


def put_forever(folder, first):
    store = Store(folder / "cache")
    for number in itertools.count(first):
        put_numbered(store, folder, number)


def all_whole(store):
    """Verify every content of which there is a record."""
    whole = [files.digest(entry.path).sha256 == entry.provenance.sha256 for entry in store.entries()]
    return all(whole) and store.problems() == []


def age(folder):
    """Make everything look two days old."""
    for path in [*folder.rglob("*"), folder]:
        os.utime(path, (time.time() - 2 * 86400,) * 2)


def test_a_kill_at_any_moment_of_a_write_leaves_the_cache_whole(tmp_path):
    store = Store(tmp_path / "cache")
    store.put(written(tmp_path / "units", b"PK townships"), about(key=OTHER))
    moments, unfinished, newest = random.Random(11), 0, -1
    for number in range(KILLS):
        process = start(put_forever, tmp_path, number * 100)
        time.sleep(moments.uniform(0.01, 0.1))
        process.kill()
        process.join()
        assert store.get(OTHER).path.read_bytes() == b"PK townships"
        assert all_whole(store)
        got = store.get(KEY)
        if got is not None:
            assert not got.notes
            put = int(got.path.read_bytes()[:9])
            assert got.path.read_bytes() == content(put) and put >= newest
            newest = put
        unfinished = max(unfinished, len(list((store.root / "work").iterdir())))
    assert newest >= 0 and unfinished > 5  # kills hit before and after, and in the midst of, a write
    _left_overs_go_when_they_are_old(store, tmp_path)


def _left_overs_go_when_they_are_old(store, tmp_path):
    store.put(tmp_path / "units", about(key=OTHER))
    assert list((store.root / "work").iterdir())
    age(store.root)
    mine = written(store.root / "work" / "mine" / "notes.txt", b"mine")
    age(store.root / "work")
    store.put(tmp_path / "units", about(key=OTHER))
    assert list((store.root / "work").iterdir()) == [mine.parent]
    used = {entry.provenance.sha256 for entry in store.entries()}
    assert {path.name for path in (store.root / "content").iterdir()} == used


def test_a_killed_import_leaves_the_cache_whole(tmp_path):
    office, field = Store(tmp_path / "office"), Store(tmp_path / "cache")
    for number in range(8):
        office.put(written(tmp_path / "file", content(number)), about(key=f"set-{number}"))
    export(office, tmp_path / "stick")
    field.put(written(tmp_path / "units", b"PK townships"), about(key=OTHER))
    moments = random.Random(5)
    for _ in range(8):
        process = start(import_, field, tmp_path / "stick")
        time.sleep(moments.uniform(0.01, 0.1))
        process.kill()
        process.join()
        assert all_whole(field) and field.get(OTHER).path.read_bytes() == b"PK townships"
    result = import_(field, tmp_path / "stick")
    assert result.count + result.known == 8 and not result.rejected
    assert len(field.entries()) == 9


def put_many(folder, numbers):
    for number in numbers:
        put_numbered(Store(folder / "cache"), folder, number)


def test_several_processes_put_the_same_content_under_the_same_key(tmp_path):
    finish(*[start(put_many, tmp_path, [7] * 5) for _ in range(4)])
    store = Store(tmp_path / "cache")
    assert len(store.entries()) == 1 and store.get(KEY).path.read_bytes() == content(7)
    assert not list((store.root / "work").iterdir())


def test_several_processes_put_other_content_under_the_same_key(tmp_path):
    finish(*[start(put_many, tmp_path, range(first, 20, 4)) for first in range(4)])
    store = Store(tmp_path / "cache")
    assert all_whole(store)
    assert store.get(KEY).path.read_bytes() == content(19)


def read_while_written(folder, until):
    """Read until then; end with 1 unless each read gave a whole file, and never an older one than before."""
    store, last = Store(folder / "cache"), -1
    while time.monotonic() < until:
        data = store.get(KEY).path.read_bytes()
        number = int(data[:9])
        if data != content(number) or number < last:
            raise AssertionError(number)
        last = number


def put_until(folder, until, first=1):
    for number in itertools.count(first):
        if time.monotonic() > until:
            return
        try:
            put_numbered(Store(folder / "cache"), folder, number)
        except CacheUnwritable as error:
            if "cleared" not in str(error):
                raise


def test_a_reader_always_gets_a_whole_file_while_another_writes(tmp_path):
    put_numbered(Store(tmp_path / "cache"), tmp_path, 0)
    until = time.monotonic() + SECONDS
    finish(start(put_until, tmp_path, until), start(read_while_written, tmp_path, until))


def clear_until(folder, until):
    while time.monotonic() < until:
        Store(folder / "cache").clear()
        time.sleep(0.01)


def read_while_cleared(folder, until):
    """Read until then: a whole file, none, or a clear error, and all of a file that was open."""
    store = Store(folder / "cache")
    while time.monotonic() < until:
        try:
            entry = store.get(KEY)
            data = entry.path.read_bytes() if entry else content(0)
        except (CacheDamaged, FileNotFoundError):
            continue
        if data != content(int(data[:9])):
            raise AssertionError(data[:20])


def test_clearing_while_others_read_and_write(tmp_path):
    until = time.monotonic() + SECONDS
    put, clear, read = (start(work, tmp_path, until) for work in (put_until, clear_until, read_while_cleared))
    finish(put, clear, read)
    store = Store(tmp_path / "cache")
    put_numbered(store, tmp_path, 86_000)
    assert store.get(KEY).path.read_bytes() == content(86_000)


def told_by(work, *arguments):
    """Return what a SourceError says that a function raises in a process of its own, and None if it raises none."""
    ours, theirs = multiprocessing.Pipe(duplex=False)

    def run():
        try:
            work(*arguments)
            theirs.send(None)
        except SourceError as error:
            theirs.send(f"{type(error).__name__}: {error}")

    process = start(run)
    finish(process)
    return ours.recv()


def put_with_limit(store, file):
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    store.put(file, about("2025-11-23T00:00:00Z"))


def test_a_file_that_cannot_be_written_to_its_end_is_told_and_leaves_no_trace(tmp_path):
    store = Store(tmp_path / "cache")
    store.put(written(tmp_path / "old", b"PK tanks"), about())
    before = sorted(store.root.rglob("*"))
    said = told_by(put_with_limit, store, written(tmp_path / "new", bytes(1_500_000)))
    assert said.startswith("CacheUnwritable") and str(store.folder) in said and "1.5 MB are needed" in said
    assert "Settings → Options → Leachwatch" in said
    assert sorted(store.root.rglob("*")) == before
    assert store.get(KEY).path.read_bytes() == b"PK tanks"


@pytest.fixture()
def readable():
    """A folder that every user can read."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_nobody(work, *arguments):
    if os.getuid() == 0:
        os.setuid(65534)
    work(*arguments)


def use_read_only(store, file):
    assert store.get(KEY).path.read_bytes() == b"PK tanks"
    with pytest.raises(CacheUnwritable, match="cannot be written to"):
        store.workspace()
    with pytest.raises(CacheUnwritable, match="protected"):
        store.clear()
    store.put(file, about("2025-11-23T00:00:00Z"))


def test_a_cache_of_somebody_else_can_be_read(readable):
    store = Store(readable / "cache")
    file = written(readable / "file", b"PK tanks")
    store.put(file, about())
    for folder in [store.folder, *store.folder.rglob("*")]:
        folder.chmod(0o555)
    said = told_by(as_nobody, use_read_only, store, file)
    assert said.startswith("CacheUnwritable") and "What is in it can be used" in said
    assert store.get(KEY).path.read_bytes() == b"PK tanks"


def test_a_cache_that_may_not_be_looked_into_is_told(readable):
    store = Store(readable / "cache")
    store.put(written(readable / "file", b"PK tanks"), about())
    store.root.chmod(0)
    for use in (lambda: store.get(KEY), store.entries, store.size, store.clear):
        assert "Permission denied" in told_by(as_nobody, use)


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    store = Store(written(tmp_path / "cache", b"no folder"))
    assert store.get(KEY) is None and store.entries() == [] and store.size() == 0
    with pytest.raises(CacheUnwritable, match="cannot be used"):
        store.put(written(tmp_path / "file", b"PK tanks"), about())


def replace_fails(times):
    """Have os.replace do as on Windows, where the target is open in another program, so many times."""
    left = [times]
    replace = os.replace

    def busy(source, target):
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "The process cannot access the file", str(target))
        replace(source, target)

    return busy


def test_a_file_in_use_is_waited_for(tmp_path, monkeypatch):
    store = Store(tmp_path / "cache")
    monkeypatch.setattr(os, "replace", replace_fails(3))
    store.put(written(tmp_path / "file", b"PK tanks"), about())
    assert store.get(KEY).path.read_bytes() == b"PK tanks"


def test_a_file_in_use_for_long_is_told(tmp_path, monkeypatch):
    store = Store(tmp_path / "cache")
    monkeypatch.setattr(os, "replace", replace_fails(100))
    with pytest.raises(CacheUnwritable, match="cannot access the file"):
        store.put(written(tmp_path / "file", b"PK tanks"), about())
    assert store.get(KEY) is None and not list((store.root / "work").iterdir())
