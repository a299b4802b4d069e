"""Data sets are carried in a folder, which anybody may have written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest
from leachwatch.analysis.progress import Cancelled
from leachwatch.sources.cache import incoming
from leachwatch.sources.cache.exchange import BROUGHT, Imported, add_file, export, import_
from leachwatch.sources.cache.store import CacheDamaged, Store
from leachwatch.sources.errors import SourceError
from leachwatch.tests.unit.sources.cache_samples import KEY, about, written

OTHER = "cod-ab-MMR-adm3"


@pytest.fixture()
def office(tmp_path):
    """The cache of an office with a network: tanks in two versions, and townships."""
    store = Store(tmp_path / "office")
    store.put(written(tmp_path / "old", b"PK old tanks"), about("2025-11-21T00:00:00Z"))
    store.put(written(tmp_path / "new", b"PK tanks"), about())
    store.put(written(tmp_path / "units", b"PK townships"), about(key=OTHER, file_name="mmr.shp.zip"))
    return store


@pytest.fixture()
def stick(office, tmp_path):
    export(office, tmp_path / "stick")
    return tmp_path / "stick"


@pytest.fixture()
def field(tmp_path):
    return Store(tmp_path / "field")


def place_of(stick, key=KEY):
    return next((stick / "leachwatch-data" / key).iterdir())


def edit(place, **changes):
    """Change the record of a data set on the stick as a stranger would: without care for the list of checksums."""
    path = place / "provenance.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **changes}), encoding="utf-8")
    (place.parents[1] / "SHA256SUMS").unlink(missing_ok=True)


def only_townships(store):
    return store.keys() == [OTHER] and store.get(OTHER).path.read_bytes() == b"PK townships"


def test_a_field_office_gets_the_newest_of_each_data_set(office, stick, field):
    assert import_(field, stick) == Imported(2)
    for key in (KEY, OTHER):
        assert field.get(key).provenance == office.get(key).provenance
        assert field.get(key).path.read_bytes() == office.get(key).path.read_bytes()
    assert import_(field, stick) == Imported(0, known=2)


def test_the_folder_says_what_it_is_and_can_be_checked_by_hand(stick):
    folder = stick / "leachwatch-data"
    text = (folder / "README.txt").read_text(encoding="utf-8")
    assert "Somebody, 2025" in text and "CC0" in text and "Settings, Options, Leachwatch" in text
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=True)
    assert checked.stdout.count(": OK") == 4
    assert place_of(stick).joinpath("tanks.zip").read_bytes() == b"PK tanks"
    assert not list(stick.rglob("*.part"))


def test_chosen_data_sets_alone_are_exported_and_beside_earlier_ones(office, field, tmp_path):
    assert export(office, tmp_path / "stick", [OTHER]) == 1
    assert import_(field, tmp_path / "stick") == Imported(1)
    assert only_townships(field)
    assert export(office, tmp_path / "stick", [KEY]) == 1
    assert import_(field, tmp_path / "stick") == Imported(1, known=1)


def test_a_data_set_that_is_not_there_is_named_before_anything_is_written(office, tmp_path):
    with pytest.raises(SourceError, match="mimu-MMR-adm3"):
        export(office, tmp_path / "stick", [KEY, "mimu-MMR-adm3"])
    assert not (tmp_path / "stick").exists()


def test_an_empty_cache_exports_nothing(field, tmp_path):
    assert export(field, tmp_path / "stick") == 0
    assert not (tmp_path / "stick").exists()


def test_a_damaged_data_set_is_told_after_the_others_were_exported(office, field, tmp_path):
    for entry in office.entries():
        if entry.provenance.key == KEY:
            entry.path.chmod(0o644)
            entry.path.write_bytes(b"?" * entry.provenance.size)
    with pytest.raises(CacheDamaged, match="1 data sets were written.*1 not.*checksum"):
        export(office, tmp_path / "stick")
    assert import_(field, tmp_path / "stick") == Imported(1)
    assert only_townships(field)


def test_exporting_tells_progress_by_bytes_and_can_be_cancelled(office, field, tmp_path):
    office.put(written(tmp_path / "big", bytes(3 * 1024**2)), about(key="big"))
    told = []
    export(office, tmp_path / "stick", ["big"], progress=told.append)
    assert told == [1 / 3, 2 / 3, 1.0]
    with pytest.raises(Cancelled):
        export(office, tmp_path / "stick", is_cancelled=lambda: True)
    with pytest.raises(Cancelled):
        import_(field, tmp_path / "stick", is_cancelled=lambda: True)
    assert field.entries() == []


def test_the_folder_of_another_cache_can_be_imported_too(office, field):
    assert import_(field, office.folder) == Imported(3)
    assert import_(field, office.root) == Imported(0, known=3)
    assert field.get(KEY).path.read_bytes() == b"PK tanks"
    with pytest.raises(SourceError, match="this cache"):
        import_(office, office.folder)


def test_an_older_import_does_not_become_the_newest(office, stick, field, tmp_path):
    field.put(written(tmp_path / "newer", b"PK newer"), about("2025-11-23T00:00:00Z"))
    assert import_(field, stick).count == 2
    assert field.get(KEY).path.read_bytes() == b"PK newer"
    assert len(field.entries()) == 3


def test_a_file_brought_by_hand_is_found_by_the_key_of_its_data_set(field, tmp_path):
    add_file(field, written(tmp_path / "P1BSFNQ2.zip", b"PK"), KEY, "USGS tanks", landing_page="https://doi.org/x")
    got = field.get(KEY)
    assert got.path.name == "P1BSFNQ2.zip"
    assert (got.provenance.source_url, got.provenance.notes) == ("", (BROUGHT,))
    assert got.provenance.landing_page == "https://doi.org/x"
    assert len(got.provenance.retrieved) == 20


def test_a_part_of_a_shapefile_or_a_folder_is_not_brought(field, tmp_path):
    for path in (written(tmp_path / "tanks.shp", b"x"), tmp_path):
        with pytest.raises(SourceError, match="Zip"):
            add_file(field, path, KEY, "USGS tanks")
    assert not field.folder.exists()


@pytest.mark.parametrize("name", ["empty", "none", "file"])
def test_a_folder_that_carries_nothing_is_told(field, tmp_path, name):
    (tmp_path / "empty").mkdir()
    written(tmp_path / "file", b"")
    with pytest.raises(SourceError, match="Choose the folder"):
        import_(field, tmp_path / name)


def link(path, tmp_path):
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")


def pipe(path, tmp_path):
    path.unlink()
    os.mkfifo(path)


def folder(path, tmp_path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [link, pipe, folder, lambda path, tmp_path: path.unlink()])
@pytest.mark.parametrize("name", ["tanks.zip", "provenance.json"])
def test_what_is_no_ordinary_file_is_refused_and_the_rest_imported(stick, field, tmp_path, spoil, name):
    spoil(place_of(stick) / name, tmp_path)
    result = import_(field, stick)
    assert result.count == 1 and len(result.rejected) == 1
    assert str(place_of(stick)) in result.rejected[0]
    assert only_townships(field)


@pytest.mark.parametrize("level", ["key", "place"])
def test_a_linked_folder_is_refused(stick, field, tmp_path, level):
    path = place_of(stick) if level == "place" else place_of(stick).parent
    link(path, tmp_path)
    result = import_(field, stick)
    assert result.count == 1 and "link" in result.rejected[0]
    assert only_townships(field)


def test_a_link_in_place_of_the_whole_folder_is_refused(stick, field, tmp_path):
    link(stick / "leachwatch-data", tmp_path)
    with pytest.raises(SourceError, match="link"):
        import_(field, stick)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"sha256": "0" * 64}, "described"),
        ({"size": 9}, "8 bytes instead of 9"),
        ({"file_name": "../../../../office/secret.zip"}, "file_name"),
        ({"file_name": "/etc/passwd"}, "file_name"),
        ({"key": "../../x"}, "key"),
        ({"retrieved": "../../x"}, "retrieved"),
        ({"size": 10**15}, "bytes instead|more than"),
        ({"title": "x" * 2_000_000}, "longer"),
        ({"notes": [[[]]]}, "notes"),
    ],
)
def test_a_record_that_does_not_hold_is_refused(stick, field, tmp_path, changes, word):
    edit(place_of(stick), **changes)
    before = sorted(tmp_path.rglob("*"))
    result = import_(field, stick)
    assert result.count == 1 and len(result.rejected) == 1, result
    assert word.split("|")[0] in result.rejected[0] or word.split("|")[-1] in result.rejected[0]
    assert only_townships(field)
    assert [path for path in sorted(tmp_path.rglob("*")) if field.folder not in (path, *path.parents)] == before


def test_changed_content_is_refused(stick, field):
    written(place_of(stick) / "tanks.zip", b"PK tonks")
    result = import_(field, stick)
    assert result.count == 1 and "tanks.zip" in result.rejected[0]
    assert only_townships(field)


def test_a_sum_in_the_list_that_is_not_the_files_refuses_it(stick, field):
    sums = stick / "leachwatch-data" / "SHA256SUMS"
    lines = sums.read_text(encoding="utf-8").splitlines()
    lines = ["0" * 64 + line[64:] if "tanks.zip" in line else line for line in lines]
    sums.write_text("\n".join(lines), encoding="utf-8")
    result = import_(field, stick)
    assert result.count == 1 and "SHA256SUMS" in result.rejected[0]
    assert only_townships(field)


def test_a_record_that_changed_since_the_export_is_refused(stick, field):
    path = place_of(stick) / "provenance.json"
    path.write_text(path.read_text(encoding="utf-8").replace("CC0", "CC9"), encoding="utf-8")
    result = import_(field, stick)
    assert result.count == 1 and "provenance.json" in result.rejected[0]


@pytest.mark.parametrize(
    "line",
    [
        "0" * 64 + "  ../../../etc/passwd",
        "0" * 64 + "  /etc/passwd",
        "0" * 64 + "  a\\b\\c",
        "nonsense",
        "0" * 64 + "  tanks.zip",
    ],
)
def test_a_line_of_the_list_that_leads_elsewhere_is_left_aside(stick, field, line):
    with open(stick / "leachwatch-data" / "SHA256SUMS", "a", encoding="utf-8") as out:
        out.write(line + "\n")
    result = import_(field, stick)
    assert result.count == 2 and len(result.rejected) == 1 and "1 lines" in result.rejected[0]


@pytest.mark.parametrize("content", [b"\xff\xfe\0", b"x" * (5 * 1024**2)], ids=["not UTF-8", "5 MB"])
def test_a_list_that_cannot_be_read_is_left_aside(stick, field, content):
    written(stick / "leachwatch-data" / "SHA256SUMS", content)
    result = import_(field, stick)
    assert result.count == 2 and len(result.rejected) == 1 and "left aside" in result.rejected[0]


def test_of_a_stick_that_was_not_copied_whole_the_whole_is_imported_and_the_rest_listed(stick, field):
    shutil.rmtree(place_of(stick).parent)
    result = import_(field, stick)
    assert result.count == 1 and len(result.rejected) == 1
    assert "usgs-tanks" in result.rejected[0] and "Copy it again" in result.rejected[0]
    assert only_townships(field)


def test_half_a_file_is_refused_and_named(stick, field):
    written(place_of(stick) / "tanks.zip", b"PK t")
    result = import_(field, stick)
    assert result.count == 1 and "4 bytes instead of 8" in result.rejected[0]


def test_foreign_files_are_passed_over_and_counted(stick, field):
    written(stick / "leachwatch-data" / "autorun.inf", b"")
    written(stick / "leachwatch-data" / "holiday" / "photo.jpg", b"")
    written(stick / "leachwatch-data" / "holiday" / "more" / "photo.jpg", b"")
    written(place_of(stick) / "virus.exe", b"")
    assert import_(field, stick) == Imported(2, foreign=4)
    assert sorted(path.name for path in field.root.rglob("*.*") if path.is_file() and path.suffix != ".json") == [
        "mmr.shp.zip",
        "tanks.zip",
    ]


def test_more_files_than_any_export_has_are_refused(stick, field, monkeypatch):
    monkeypatch.setattr(incoming, "MAX_NAMES", 20)
    for number in range(20):
        written(stick / "leachwatch-data" / f"{number}.txt", b"")
    with pytest.raises(SourceError, match="more than 20 files"):
        import_(field, stick)


def test_the_bound_is_on_the_whole_folder(stick, field, monkeypatch):
    monkeypatch.setattr(incoming, "MAX_NAMES", 20)
    for number in range(22):
        written(stick / "leachwatch-data" / f"folder {number % 2}" / f"{number}.txt", b"")
    with pytest.raises(SourceError, match="more than 20 files"):
        import_(field, stick)


def test_nothing_is_exported_through_a_link(office, stick, tmp_path):
    outside = tmp_path / "elsewhere"
    link(place_of(stick).parent, tmp_path)
    before = sorted(outside.rglob("*"))
    office.put(written(tmp_path / "file", b"PK more"), about("2025-11-24T00:00:00Z"))
    with pytest.raises(SourceError, match="link"):
        export(office, stick)
    assert sorted(outside.rglob("*")) == before


def test_content_larger_than_the_limit_is_told_and_not_read(stick, field):
    place = place_of(stick)
    with open(place / "tanks.zip", "r+b") as sparse:
        sparse.truncate(5 * 1024**3)
    edit(place, size=5 * 1024**3)
    result = import_(field, stick)
    assert result.count == 1 and "more than 4,295.0 MB" in result.rejected[0]
