"""No network at all: QGIS in a network namespace without interfaces, as in a field office whose line is down."""

from __future__ import annotations

import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import pytest
from leachwatch.sources.cache.exchange import add_file, export, import_
from leachwatch.sources.cache.store import Store
from leachwatch.tests.e2e.conftest import NO_NETWORK, TANKS, Profile, problem, results
from leachwatch.tests.gui.load_tanks_world import odd_csv
from leachwatch.tests.qgis.sources.conftest import write_layer
from leachwatch.tests.unit.sources.catalogue_samples import CSV, geojson

HERE = Path(__file__).parent
PAGE = "https://doi.org/10.5066/P1BSFNQ2"
WAYS = ("INPUT", "import a cache folder")
BOUNDED = 60  # seconds, of which QGIS's own start takes most
UNIT = {"shapeName": "Chipwi", "shapeID": "1", "shapeGroup": "MMR", "shapeType": "ADM3"}
# Python runs a module of this name before all else: here it writes down whoever asks for a connection, and refuses.
TRIPWIRE = """
import os, socket

def refusing(name):
    def refuse(*arguments, **named):
        with open(os.environ["LEACHWATCH_TRIPWIRE"], "a") as file:
            print(name, arguments[-1], file=file)
        raise OSError("refused by the test")
    return refuse

for name in ("getaddrinfo", "gethostbyname", "create_connection"):
    setattr(socket, name, refusing(name))
for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, refusing(name))
"""


def cutting() -> tuple[str, ...]:
    """Return the command that runs another one without any network, not even 127.0.0.1; skip where none may."""
    if shutil.which("unshare"):
        for command in (("unshare", "-n"), ("unshare", "-rn")):
            if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
                return command
    pytest.skip("this machine lets nobody make a network namespace (unshare -n)")


@pytest.fixture(scope="module")
def cut(archive, tmp_path_factory) -> Profile:
    """A profile of its own, whose programs have no network, and an empty cache."""
    patience = {"LEACHWATCH_RETRIES": "0", "LEACHWATCH_TIMEOUT": "2"}
    return Profile(tmp_path_factory.mktemp("cut"), archive, *cutting(), **dict.fromkeys(NO_NETWORK, ""), **patience)


@pytest.fixture(scope="module")
def brought(tmp_path_factory) -> str:
    """The folder of a cache into which a stick was imported that another office had written."""
    folder = tmp_path_factory.mktemp("brought")
    there, stick, here = Store(folder / "there"), folder / "stick", Store(folder / "here")
    for key, name, content in (
        ("usgs-tanks", "tanks.csv", CSV),
        ("geoboundaries-MMR-ADM3", "units.geojson", geojson(UNIT)),
    ):
        (folder / name).write_bytes(content)
        add_file(there, folder / name, key, f"The {name} of another office")
    stick.mkdir()
    assert export(there, stick) == 2
    imported = import_(here, stick)
    assert (imported.count, imported.rejected) == (2, [])
    return str(here.folder)


@pytest.fixture
def tripwire(tmp_path, cut) -> tuple[Profile, Path]:
    """The profile with a tripwire at Python's sockets, and the file that tells who tripped."""
    folder, tripped = tmp_path / "python", tmp_path / "tripped"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(TRIPWIRE, encoding="utf-8")
    path = f"{folder}:{cut.environment['PYTHONPATH']}"
    return cut.given(PYTHONPATH=path, LEACHWATCH_TRIPWIRE=str(tripped)), tripped


def test_there_is_no_network(cut):
    listed = subprocess.run(
        [*cut.before, "cat", "/proc/self/net/dev", "/proc/self/net/route"], capture_output=True, text=True, check=True
    )
    assert [line.split(":")[0].strip() for line in listed.stdout.splitlines() if ":" in line] == ["lo"]
    ask = [*cut.before, "python3", "-c", "import socket; socket.create_connection(('127.0.0.1', 9), 1)"]
    assert "unreachable" in subprocess.run(ask, capture_output=True, text=True, check=False).stderr


def test_the_plugin_starts_and_lists_its_algorithms(cut):
    started = time.monotonic()
    listed = cut.process("list")
    # Ten algorithms and three models.
    assert listed.returncode == 0 and listed.stdout.count("leachwatch:") == 13
    assert time.monotonic() - started < BOUNDED


def test_a_csv_loads(cut, tmp_path):
    (tmp_path / "tanks.csv").write_bytes(CSV)
    loaded = results(cut.run("loadusgstanks", INPUT=tmp_path / "tanks.csv", OUTPUT=tmp_path / "tanks.gpkg"))
    assert [loaded[name] for name in ("ROW_COUNT", "TANK_COUNT", "REJECTED_COUNT")] == ["2", "2", "0"]


def test_a_zipped_shapefile_loads(cut, tmp_path):
    """Three points in metres (UTM 47N; PROJ needs no grid from its own network), and a row without a place."""
    places = [f"POINT (44{n}000 2860000)" for n in range(3)]
    records = [(place, {"status": "active"}) for place in [*places, None]]
    write_layer(tmp_path / "pools.shp", records, epsg=32647)
    with zipfile.ZipFile(tmp_path / "pools.zip", "w") as archive:
        for part in tmp_path.glob("pools.???"):
            if part.suffix != ".zip":
                archive.write(part, part.name)
    loaded = results(cut.run("loadusgstanks", INPUT=tmp_path / "pools.zip", OUTPUT=tmp_path / "tanks.gpkg"))
    counted = [loaded[name] for name in ("ROW_COUNT", "TANK_COUNT", "DUPLICATE_COUNT", "REJECTED_COUNT")]
    assert counted == ["4", "3", "0", "1"]


def test_published_figures_need_nobody(cut, tmp_path):
    assert int(results(cut.run("loadpublishedfigures", OUTPUT=tmp_path / "figures.csv"))["FIGURE_COUNT"]) > 20


@pytest.mark.parametrize("mode", ["cache-first", "refresh"])
def test_with_an_empty_cache_the_message_says_what_is_missing_and_how_to_bring_it(cut, tmp_path, mode):
    empty = cut.given(LEACHWATCH_CACHE_FOLDER=str(tmp_path / "empty"))
    started = time.monotonic()
    message = problem(empty.run("loadusgstanks", MODE=mode, OUTPUT=tmp_path / "tanks.gpkg"))
    assert time.monotonic() - started < BOUNDED
    assert "www.sciencebase.gov is not found. Is there a network?" in message
    assert PAGE in message and all(way in message for way in WAYS)
    assert not (tmp_path / "tanks.gpkg").exists()


@pytest.mark.parametrize("mode", ["offline", "cache-first"])
def test_tanks_that_were_brought_on_a_stick_load(cut, brought, tmp_path, mode):
    office = cut.given(LEACHWATCH_CACHE_FOLDER=brought)
    done = office.run("loadusgstanks", MODE=mode, OUTPUT=tmp_path / "tanks.gpkg")
    assert results(done)["TANK_COUNT"] == "2"
    assert "Taken from the cache: The tanks.csv of another office" in done.stdout + done.stderr


def test_townships_that_were_brought_on_a_stick_load(cut, brought, tmp_path):
    office = cut.given(LEACHWATCH_CACHE_FOLDER=brought)
    done = office.run("loadtownships", SOURCE="geoboundaries", OUTPUT=tmp_path / "units.gpkg")
    assert results(done)["UNIT_COUNT"] == "1"
    message = problem(office.run("loadtownships", SOURCE="cod-ab", OUTPUT=tmp_path / "other.gpkg"))
    assert "https://data.humdata.org/dataset/cod-ab-mmr" in message and all(way in message for way in WAYS)


def test_the_setting_offline_is_named_and_nobody_asks_for_a_connection(tripwire, tmp_path):
    profile, tripped = tripwire
    offline = profile.given(LEACHWATCH_OFFLINE="1", LEACHWATCH_CACHE_FOLDER=str(tmp_path / "empty"))
    message = problem(offline.run("loadusgstanks", OUTPUT=tmp_path / "tanks.gpkg"))
    assert "the setting Offline forbids every request" in message
    assert PAGE in message and all(way in message for way in WAYS)
    assert not tripped.exists(), tripped.read_text()


def test_loading_from_files_and_cache_asks_for_no_connection(tripwire, brought, tmp_path):
    profile, tripped = tripwire
    office = profile.given(LEACHWATCH_CACHE_FOLDER=brought)
    assert results(office.run("loadusgstanks", OUTPUT=tmp_path / "brought.gpkg"))["TANK_COUNT"] == "2"
    assert results(office.run("loadusgstanks", INPUT=TANKS, OUTPUT=tmp_path / "file.gpkg"))["TANK_COUNT"] == "3054"
    assert not tripped.exists(), tripped.read_text()


def test_the_tripwire_tells_of_a_request(tripwire, tmp_path):
    profile, tripped = tripwire
    online = profile.given(LEACHWATCH_CACHE_FOLDER=str(tmp_path / "empty"))
    problem(online.run("loadusgstanks", OUTPUT=tmp_path / "tanks.gpkg"))
    assert tripped.read_text().startswith("getaddrinfo")


def test_in_a_window_the_plugin_starts_says_what_it_lacks_and_loads_a_file(cut, tmp_path):
    file = odd_csv(tmp_path / "tanks of a friend.csv", rows=20)
    empty = str(tmp_path / "empty")
    script = HERE / "network_cut_in_window.py"
    told = cut.window(script, tmp_path, LEACHWATCH_FILE=str(file), LEACHWATCH_CACHE_FOLDER=empty)
    assert told.get("error") is None, told["error"]
    assert told["started"] is True
    assert "www.sciencebase.gov is not found" in told["log"] and PAGE in told["log"]
    assert all(way in told["log"] for way in WAYS)
    assert told["seconds"] < BOUNDED and told["loaded"] == 20
