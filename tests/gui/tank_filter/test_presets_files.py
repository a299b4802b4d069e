"""Preset files: handed on, and read from people who may not wish us well."""

from __future__ import annotations

import json
import os

import pytest
from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.gui.tank_filter.test_presets import EVERY, HOSTILE
from leachwatch.ui.tank_filter.presets import keeping as presets
from leachwatch.ui.tank_filter.presets.keeping import PresetError

HEAD = {"schema": "leachwatch tank filters", "version": 1}


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "定南 presets.json"
    presets.write_file(path, {HOSTILE: EVERY, "all": TankFilter()})
    assert presets.read_file(path) == {HOSTILE: EVERY, "all": TankFilter()}
    assert {key: json.loads(path.read_text("ascii"))[key] for key in HEAD} == HEAD
    assert os.listdir(tmp_path) == [path.name]


def test_a_byte_order_mark_is_no_hindrance(tmp_path):
    path = tmp_path / "presets.json"
    presets.write_file(path, {"one": EVERY})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert presets.read_file(path) == {"one": EVERY}


def test_a_file_of_no_presets_holds_none(tmp_path):
    path = tmp_path / "presets.json"
    presets.write_file(path, {})
    assert presets.read_file(path) == {}


def test_entries_that_are_absent_ask_for_nothing(tmp_path):
    path = tmp_path / "presets.json"
    path.write_text(json.dumps({**HEAD, "presets": {"active": {"statuses": ["active"]}}}))
    assert presets.read_file(path) == {"active": TankFilter(statuses=frozenset({"active"}))}


def test_a_folder_that_is_not_there_is_told_and_a_file_that_is_stays(tmp_path):
    with pytest.raises(PresetError, match="could not be written to .*absent"):
        presets.write_file(tmp_path / "absent" / "presets.json", {"one": EVERY})
    path = tmp_path / "presets.json"
    presets.write_file(path, {"one": EVERY})
    with pytest.raises(PresetError, match="needs a name"):
        presets.write_file(path, {"": EVERY})
    assert presets.read_file(path) == {"one": EVERY}


def entry(**entries) -> str:
    return json.dumps({**HEAD, "presets": {"one": entries}})


BAD = {
    "empty": ("", "not JSON"),
    "cut off": (entry(mode="any")[:-3], "not JSON"),
    "a list": ("[]", "“schema”"),
    "another program's": ('{"schema": "other", "version": 1, "presets": {}}', "“schema”"),
    "no version": ('{"schema": "leachwatch tank filters", "presets": {}}', "“version”"),
    "version is text": (json.dumps({**HEAD, "version": "1", "presets": {}}), "“version”"),
    "newer": (json.dumps({**HEAD, "version": 2, "presets": {}}), "of version 2.*newer Leachwatch"),
    "presets are a list": (json.dumps({**HEAD, "presets": []}), "“presets”"),
    "too many": (json.dumps({**HEAD, "presets": {str(n): {} for n in range(501)}}), "501 presets"),
    "no entries": (json.dumps({**HEAD, "presets": {"one": 5}}), "Preset “one”"),
    "unknown entry": (entry(colour="red"), "“one”, entry “colour”"),
    "unknown mode": (entry(mode="sitting"), '“mode”: “"sitting"”'),
    "mode is a list": (entry(mode=[]), "“mode”"),
    "year is text": (entry(first_year="2020"), "“first_year”"),
    "year is true": (entry(first_year=True), "“first_year”"),
    "year is a fraction": (entry(last_year=2020.5), "“last_year”"),
    "year of five digits": (entry(last_year=20200), "“last_year”"),
    "years the wrong way round": (entry(mode="standing", first_year=2021, last_year=2020), "after “last_year”"),
    "a number without end": (entry().replace("{}", '{"last_year": ' + "9" * 1_000_000 + "}"), "not JSON"),
    "infinite": (entry().replace("{}", '{"diameter": [0, 1e999]}'), "“diameter”"),
    "not a number": (entry().replace("{}", '{"diameter": [0, NaN]}'), "NaN"),
    "three diameters": (entry(diameter=[1, 2, 3]), "“diameter”"),
    "negative diameter": (entry(diameter=[-1, None]), "“diameter”"),
    "flag is a number": (entry(undated=1), "“undated”"),
    "status of no class": (entry(statuses=["active", "sleeping"]), "“statuses”"),
    "statuses are a word": (entry(statuses="active"), "“statuses”"),
    "values of no role": (entry(values={"password": ["x"]}), "“values”"),
    "values are a word": (entry(values={"unit": "x"}), "“values”"),
    "values are numbers": (entry(values={"unit": [1]}), "“values”"),
    "NUL": (entry(search="a\0b"), "“search”"),
    "half a letter": (entry().replace("{}", r'{"search": "\ud800"}'), "“search”"),
    "search is an object": (entry(search={}), "“search”"),
    "a name twice": (
        '{"schema": "leachwatch tank filters", "version": 1, "presets": {"a": {}, "a": {}}}',
        "“a”.*twice",
    ),
    "a name twice but for blanks": (json.dumps({**HEAD, "presets": {"a": {}, "a ": {}}}), "“a”.*twice"),
    "no name": (json.dumps({**HEAD, "presets": {"": {}}}), "needs a name"),
    "brackets without end": ("[" * 100_000, "without end|not JSON"),
    "too long": (" " * 5_000_001, "longer than"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_said_and_nothing_is_taken(tmp_path, case):
    text, why = BAD[case]
    path = tmp_path / "presets.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PresetError, match=f"presets.json cannot be used, and none was taken. .*({why})") as caught:
        presets.read_file(path)
    assert len(str(caught.value)) < 400 + len(str(path))


def test_files_that_are_no_text_are_told(tmp_path):
    path = tmp_path / "presets.json"
    path.write_bytes(b"\xff\xfe{\x00}\x00")
    with pytest.raises(PresetError, match="UTF-8"):
        presets.read_file(path)
    with pytest.raises(PresetError, match="cannot be read"):
        presets.read_file(tmp_path)
    with pytest.raises(PresetError, match="cannot be read"):
        presets.read_file(tmp_path / "absent.json")
