"""The zip that QGIS installs."""

import configparser
import zipfile

from leachwatch.tests.e2e.conftest import ROOT
from leachwatch.tools.package import build


def names(archive):
    with zipfile.ZipFile(archive) as stream:
        return stream.namelist()


def test_one_folder_with_all_that_runs_and_nothing_else(archive):
    listed = names(archive)
    assert {name.split("/")[0] for name in listed} == {"leachwatch"}
    assert {"leachwatch/metadata.txt", "leachwatch/LICENSE", "leachwatch/__init__.py"} <= set(listed)
    assert "leachwatch/resources/sample/tanks_synthetic_sample.geojson" in listed
    assert not [n for n in listed if "/tests/" in n or "__pycache__" in n or n.endswith((".pyc", ".so", ".dll"))]


def test_the_zip_is_small_and_the_same_every_time(archive, tmp_path):
    assert archive.stat().st_size < 25e6
    assert build(tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def test_the_metadata_is_what_qgis_asks_for():
    text = (ROOT / "metadata.txt").read_text(encoding="utf-8")
    assert "%" not in text  # QGIS's parser would take it for a variable
    parser = configparser.ConfigParser()
    parser.read_string(text)
    general = parser["general"]
    for name in ("name", "description", "version", "author", "email", "about", "tracker", "repository", "tags"):
        assert general[name]
    assert (general["qgisminimumversion"], general["qgismaximumversion"]) == ("3.22", "4.99")
    assert general.getboolean("hasprocessingprovider")
    assert (ROOT / general["icon"]).is_file()


def test_the_version_is_in_the_changelog():
    parser = configparser.ConfigParser()
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    assert f"## {parser['general']['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
