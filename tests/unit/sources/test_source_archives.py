import stat
import struct
import zipfile

import pytest
from leachwatch.analysis.progress import Cancelled
from leachwatch.sources.errors import SourceError
from leachwatch.sources.files import archives
from leachwatch.sources.files.containers import data_files, local


def zipped(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


@pytest.fixture()
def target(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_a_plain_zip_is_unpacked_without_clutter(tmp_path, target):
    archive = zipped(tmp_path / "a.zip", {"one/a.csv": "x,y", "__MACOSX/one/._a.csv": "?", "one/.DS_Store": "?"})
    assert archives.unpack(archive, target) == ["one/a.csv"]
    assert (target / "one/a.csv").read_text() == "x,y"
    assert sum(path.is_file() for path in target.rglob("*")) == 1


@pytest.mark.parametrize("name", ["../evil.csv", "a/../../evil.csv", "/etc/evil.csv", "..\\evil.csv", "C:\\evil.csv"])
def test_entries_that_leave_the_folder_are_refused_before_anything_is_written(tmp_path, target, name):
    archive = zipped(tmp_path / "a.zip", {"good.csv": "x,y", name: "x"})
    with pytest.raises(SourceError, match=r"a\.zip holds an entry that leads out of its folder"):
        archives.unpack(archive, target)
    assert list(target.iterdir()) == []
    assert not (tmp_path / "evil.csv").exists()


def test_symbolic_links_are_refused(tmp_path, target):
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(SourceError, match="symbolic link, “link.csv”"):
        archives.unpack(tmp_path / "a.zip", target)
    assert list(target.iterdir()) == []


def test_encrypted_archives_are_refused(tmp_path, target):
    archive = zipped(tmp_path / "a.zip", {"a.csv": "x,y"})
    data = bytearray(archive.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    archive.write_bytes(bytes(data))
    with pytest.raises(SourceError, match="is encrypted"):
        archives.unpack(archive, target)


def test_too_many_entries(tmp_path, target):
    archive = zipped(tmp_path / "a.zip", {f"{n}.txt": "" for n in range(10_001)})
    with pytest.raises(SourceError, match="10,001 entries, more than the 10,000"):
        archives.unpack(archive, target)


def test_a_bomb_by_its_ratio(tmp_path, target):
    archive = zipped(tmp_path / "a.zip", {"zeros.csv": b"0" * (51 * 1024**2)})
    with pytest.raises(SourceError, match="times its size"):
        archives.unpack(archive, target)
    assert list(target.iterdir()) == []


def test_a_bomb_by_its_declared_size(tmp_path, target):
    archive = zipped(tmp_path / "a.zip", {"a.csv": "x,y"})
    data = bytearray(archive.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (3 * 1024**3).to_bytes(4, "little")
    archive.write_bytes(bytes(data))
    with pytest.raises(SourceError, match=r"3\.0 GB, more than the 2 GB"):
        archives.unpack(archive, target)


def test_a_damaged_archive(tmp_path, target):
    archive = zipped(tmp_path / "a.zip", {"a.csv": "x,y\n1,2\n" * 100})
    data = bytearray(archive.read_bytes())
    data[45:55] = b"\xff" * 10
    archive.write_bytes(bytes(data))
    with pytest.raises(SourceError, match=r"a\.zip cannot be unpacked"):
        archives.unpack(archive, target)
    archive.write_bytes(b"PK no zip")
    with pytest.raises(SourceError, match=r"a\.zip cannot be unpacked"):
        archives.unpack(archive, target)


def test_cancelling_stops_unpacking(tmp_path, target):
    archive = zipped(tmp_path / "a.zip", {"a.csv": "x,y"})
    with pytest.raises(Cancelled):
        archives.unpack(archive, target, is_cancelled=lambda: True)


def files_in(path):
    with data_files(str(path), lambda: False) as files:
        return [file.label for file in files]


def test_data_is_found_at_any_depth_and_gone_afterwards(tmp_path):
    archive = zipped(
        tmp_path / "a.zip", {"b/c/x.CSV": "x,y", "t.gdb/a00000001.gdbtable": "?", "t.gdb/n.csv": "", "r.pdf": ""}
    )
    with data_files(str(archive), lambda: False) as files:
        assert [file.label for file in files] == ["b/c/x.CSV", "t.gdb"]
    assert not files.files[0].path.exists()


def test_one_zip_in_a_zip_is_opened_but_not_one_in_that(tmp_path):
    inner = zipped(tmp_path / "inner.zip", {"x.csv": "x,y"})
    middle = zipped(tmp_path / "middle.zip", {"inner.zip": inner.read_bytes()})
    outer = zipped(tmp_path / "outer.zip", {"middle.zip": middle.read_bytes()})
    assert files_in(middle) == ["inner.zip/x.csv"]
    with pytest.raises(SourceError, match="holds no readable data"):
        files_in(outer)


def test_a_zip_of_nothing_useful_says_what_it_holds(tmp_path):
    archive = zipped(tmp_path / "a.zip", {f"{n:02}.pdf": "" for n in range(12)})
    with pytest.raises(SourceError, match=r"only: 00\.pdf, .*09\.pdf and 2 more\. Choose a GeoPackage"):
        files_in(archive)
    with pytest.raises(SourceError, match="only: nothing"):
        files_in(zipped(tmp_path / "b.zip", {}))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "is empty"),
        ("a.zip", b"<!DOCTYPE html><html>Are you human?", "a web page, not data"),
        ("a.geojson", b"version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer"),
        ("a.pdf", b"%PDF", "a PDF document, not data"),
        ("a.doc", b"words", "of no form that can be read"),
        ("a.xlsx", b"no zip at all", "cannot be read"),
    ],
)
def test_files_that_are_no_data(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=message):
        local(str(tmp_path / name))


def test_paths_that_are_no_local_files(tmp_path):
    for path in ("https://example.org/a.zip", "/vsicurl/https://example.org/a.csv"):
        with pytest.raises(SourceError, match="no local file"):
            local(path)
    with pytest.raises(SourceError, match="There is no file"):
        local(str(tmp_path / "none.csv"))
    with pytest.raises(SourceError, match="is a folder, but no file geodatabase"):
        local(str(tmp_path))
    with pytest.raises(SourceError, match="No file is given"):
        local(" ")


def test_the_part_of_a_shapefile_leads_to_the_whole(tmp_path):
    (tmp_path / "a.shp").write_bytes(b"?")
    (tmp_path / "a.dbf").write_bytes(b"?")
    with pytest.raises(SourceError, match=r"Choose the \.shp file beside it"):
        local(str(tmp_path / "a.dbf"))


def test_a_directory_of_a_million_entries_is_not_read(tmp_path, target):
    archive = zipped(tmp_path / "a.zip", {"a.csv": "x,y"})
    data = bytearray(archive.read_bytes())
    at = data.index(b"PK\x05\x06") + 12
    data[at : at + 4] = (46 * 1_000_000).to_bytes(4, "little")
    archive.write_bytes(bytes(data))
    with pytest.raises(SourceError, match="their list alone takes 44 MB"):
        archives.unpack(archive, target)


def zip64(path, size):
    """Write a zip whose 64-bit end record states a directory of so many bytes."""
    data = zipped(path, {"a.csv": "x,y"}).read_bytes()
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, size or end - start, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    plain = bytearray(data[end:])
    plain[12:20] = b"\xff" * 8
    path.write_bytes(data[:end] + record + locator + bytes(plain))
    return path


def test_the_directory_of_a_zip64(tmp_path, target):
    assert archives.unpack(zip64(tmp_path / "a.zip", 0), target) == ["a.csv"]
    with pytest.raises(SourceError, match="their list alone takes 9,537 MB"):
        archives.unpack(zip64(tmp_path / "b.zip", 10**10), target)


def test_a_zip_in_a_zip_does_not_count_for_it(tmp_path, target):
    inner = zipped(tmp_path / "inner.zip", {"x.csv": "x,y"})
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.write(inner, "inner.zip")
    assert archives.unpack(tmp_path / "outer.zip", target) == ["inner.zip"]


def test_a_temporary_folder_that_is_none_is_one_clear_error(tmp_path, monkeypatch):
    archive = zipped(tmp_path / "a.zip", {"a.csv": "x,y"})
    monkeypatch.setattr("tempfile.tempdir", str(archive))
    with pytest.raises(SourceError, match=r"a\.zip cannot be read: Not a directory. Check the file and the disk"):
        files_in(archive)


def test_a_disk_that_takes_no_more_is_one_clear_error(tmp_path, target):
    resource = pytest.importorskip("resource")
    archive = zipped(tmp_path / "a.zip", {"a.csv": "x,y\n" + "1,2\n" * 50_000})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(SourceError, match=r"a\.zip cannot be unpacked: File too large. Check the file"):
            archives.unpack(archive, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
