"""Settings: QGIS's store, the environment above it, and values that cannot be used."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from leachwatch import settings
from leachwatch.settings import Settings
from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication

GIVEN = Settings(
    offline=True,
    cache_folder=str(Path.home() / "leachwatch cache"),
    timeout=12,
    retries=0,
    sciencebase_url="http://127.0.0.1:8080/sb",
    hdx_url="https://hdx.example.org",
    geoboundaries_url="https://gb.example.org",
    lfs_url="https://lfs.example.org",
    mimu_url="https://mimu.example.org",
    usgs_doi="10.5066/P9ABCDEF",
    agree_mimu_terms=True,
)
TEXTS = {**{name: str(getattr(GIVEN, name)) for name in settings.NAMES}, "offline": "1", "agree_mimu_terms": "yes"}


@pytest.fixture(autouse=True)
def clean(qgis_app, monkeypatch):
    for name in settings.NAMES:
        monkeypatch.delenv(settings.variable(name), raising=False)
    QgsSettings().remove("leachwatch")
    yield
    QgsSettings().remove("leachwatch")


@pytest.fixture
def told():
    """A list that grows with each change that is told."""
    changes = []
    slot = lambda: changes.append(settings.load())  # noqa: E731
    settings.changes.changed.connect(slot)
    yield changes
    settings.changes.changed.disconnect(slot)


def test_nothing_set_is_the_default_and_in_the_profile():
    assert settings.load() == Settings() and settings.load().problems == () and settings.preset() == {}
    assert settings.cache_path(Settings()) == Path(QgsApplication.qgisSettingsDirPath()) / "leachwatch" / "cache"


def test_the_default_addresses_are_the_public_ones():
    from leachwatch.sources.online.endpoints import Endpoints

    assert settings.endpoints(Settings()) == Endpoints()
    assert settings.endpoints(GIVEN).mimu == "https://mimu.example.org"


def test_what_is_saved_is_loaded_and_told_once(told):
    settings.save(GIVEN)
    assert settings.load() == GIVEN
    assert told == [GIVEN]
    settings.save(GIVEN)
    assert len(told) == 1
    assert settings.cache_path(GIVEN) == Path.home() / "leachwatch cache"


@pytest.mark.parametrize("name", settings.NAMES)
def test_each_can_be_preset_by_its_variable(name, monkeypatch):
    settings.save(Settings())
    monkeypatch.setenv(f"LEACHWATCH_{name.upper()}", f" {TEXTS[name]} ")
    assert settings.load() == replace(Settings(), **{name: getattr(GIVEN, name)})
    assert settings.preset() == {name: f"LEACHWATCH_{name.upper()}"}


def test_saving_leaves_what_is_preset_as_the_user_had_it(monkeypatch):
    settings.save(replace(Settings(), timeout=99))
    monkeypatch.setenv("LEACHWATCH_TIMEOUT", "5")
    settings.save(replace(settings.load(), retries=1))
    monkeypatch.delenv("LEACHWATCH_TIMEOUT")
    assert settings.load() == replace(Settings(), timeout=99, retries=1)


@pytest.mark.parametrize("text", ["1", "true", "TRUE", "on", "yes", "offline", "ture", "-"])
def test_whatever_is_not_a_plain_no_means_offline(text, monkeypatch):
    monkeypatch.setenv("LEACHWATCH_OFFLINE", text)
    assert settings.load().offline is True


@pytest.mark.parametrize("text", ["0", "false", "No", "OFF"])
def test_a_plain_no_means_online_whatever_the_user_set(text, monkeypatch):
    settings.save(replace(Settings(), offline=True))
    monkeypatch.setenv("LEACHWATCH_OFFLINE", text)
    assert settings.load().offline is False


def test_an_empty_variable_counts_as_not_set(monkeypatch):
    settings.save(replace(Settings(), offline=True))
    monkeypatch.setenv("LEACHWATCH_OFFLINE", "")
    assert settings.load().offline is True and settings.preset() == {}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("timeout", "abc", "a whole number from 1 to 600 is expected"),
        ("timeout", "0", "a whole number from 1 to 600 is expected"),
        ("timeout", "1e400", "a whole number from 1 to 600 is expected"),
        ("retries", "-1", "a whole number from 0 to 10 is expected"),
        ("hdx_url", "ftp://data.humdata.org", "an address such as https://example.org is expected"),
        ("hdx_url", "data.humdata.org", "an address such as https://example.org is expected"),
        ("hdx_url", "https://", "an address such as https://example.org is expected"),
        ("hdx_url", "https://host:port", "an address such as https://example.org is expected"),
        ("hdx_url", "https://[half", "an address such as https://example.org is expected"),
        ("hdx_url", "file:///etc/passwd", "an address such as https://example.org is expected"),
        ("hdx_url", "https://host/?a=1", "an address such as https://example.org is expected"),
        ("hdx_url", "https://ho st/", "an address such as https://example.org is expected"),
        ("usgs_doi", "P1BSFNQ2", "a DOI such as 10.5066/P1BSFNQ2 is expected"),
        ("usgs_doi", '10.5066/P1"}', "a DOI such as 10.5066/P1BSFNQ2 is expected"),
        ("cache_folder", "cache", "the full path of a folder is expected"),
        ("agree_mimu_terms", "perhaps", "1 or 0 is expected"),
    ],
)
def test_a_value_that_cannot_be_used_is_told_and_the_default_stands(name, text, expected, monkeypatch):
    variable = f"LEACHWATCH_{name.upper()}"
    monkeypatch.setenv(variable, text)
    loaded = settings.load()
    assert loaded == Settings()
    assert loaded.problems == (f"{variable}: “{text}” cannot be used: {expected}.",)


def test_a_broken_store_is_told_as_well():
    QgsSettings().setValue("leachwatch/timeout", "soon")
    assert settings.load().timeout == 30
    assert settings.load().problems[0].startswith("Leachwatch's options: “soon” cannot be used")


def test_a_password_in_an_address_is_refused_and_not_repeated(monkeypatch):
    monkeypatch.setenv("LEACHWATCH_HDX_URL", "https://me:secret@mirror.example.org")
    assert settings.load() == Settings()
    assert "secret" not in settings.load().problems[0]


def test_forms_that_people_paste_are_understood(monkeypatch):
    monkeypatch.setenv("LEACHWATCH_USGS_DOI", "https://doi.org/10.5066/P9ABCDEF")
    monkeypatch.setenv("LEACHWATCH_HDX_URL", "http://mirror.example.org:8080/hdx/")
    monkeypatch.setenv("LEACHWATCH_CACHE_FOLDER", "~/cache")
    loaded = settings.load()
    assert loaded.problems == ()
    assert (loaded.usgs_doi, loaded.hdx_url) == ("10.5066/P9ABCDEF", "http://mirror.example.org:8080/hdx")
    assert settings.cache_path(loaded) == Path.home() / "cache"


def test_it_is_cheap_to_import():
    code = (
        "import importlib.util, sys; from pathlib import Path; root = Path(sys.argv[1]);"
        "spec = importlib.util.spec_from_file_location('leachwatch', root / '__init__.py',"
        " submodule_search_locations=[str(root)]);"
        "module = importlib.util.module_from_spec(spec); sys.modules['leachwatch'] = module;"
        "import qgis.core; before = set(sys.modules);"  # newer ones bring numpy themselves
        "import leachwatch.settings;"
        "print(sorted({'numpy', 'pandas', 'requests', 'urllib3', 'shapely'} & (set(sys.modules) - before)))"
    )
    root = Path(settings.__file__).parent
    done = subprocess.run(
        [sys.executable, "-c", code, str(root)], capture_output=True, text=True, check=True, env={**os.environ}
    )
    assert done.stdout.strip() == "[]"


def test_changes_are_told_also_where_a_run_in_the_background_imported_the_settings_first(qgis_app, monkeypatch):
    spec = importlib.util.spec_from_file_location("leachwatch.settings_again", settings.__file__)
    again = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, again)
    background = threading.Thread(target=spec.loader.exec_module, args=(again,))
    background.start()
    background.join()
    assert again.changes.thread() is QCoreApplication.instance().thread()
    told = []
    again.changes.changed.connect(lambda: told.append(1))
    again.changes.changed.emit()
    assert told == [1]
