"""The record of where data came from is written whole, and read with suspicion."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from leachwatch.sources.cache.names import MAX_NAME, is_key, safe_name
from leachwatch.sources.errors import SourceError
from leachwatch.sources.provenance import MAX_JSON, Provenance, now
from leachwatch.tests.unit.sources.cache_samples import about

DIGEST = "5e" * 32
GOOD = json.loads(about(size=8, sha256=DIGEST).to_json())


def test_what_is_written_is_read_again():
    whole = about(size=8, sha256=DIGEST, title="ကချင် 稀土", notes=("one", "two"))
    assert Provenance.from_json(whole.to_json()) == whole
    assert Provenance.from_json(whole.to_json().encode()) == whole


def test_unknown_fields_are_passed_over_and_notes_may_lack():
    text = json.dumps({**{name: value for name, value in GOOD.items() if name != "notes"}, "colour": {"a": [1]}})
    assert Provenance.from_json(text) == about(size=8, sha256=DIGEST)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"format": 2}, "newer Leachwatch"),
        ({"format": "1"}, "format"),
        ({"title": None}, "title"),
        ({"title": ["x"]}, "title"),
        ({"citation": "x" * 4001}, "citation"),
        ({"licence": "a\nb"}, "control"),
        ({"title": "a\u202eb"}, "control"),
        ({"title": "\ud800"}, "control"),
        ({"size": "8"}, "size"),
        ({"size": -1}, "size"),
        ({"size": True}, "size"),
        ({"size": 8.0}, "size"),
        ({"size": 10**30}, "size"),
        ({"sha256": ""}, "sha256"),
        ({"sha256": DIGEST.upper()}, "sha256"),
        ({"sha256": DIGEST[:-1] + "٣"}, "sha256"),
        ({"key": "../x"}, "key"),
        ({"key": "nul"}, "key"),
        ({"file_name": "../tanks.zip"}, "file_name"),
        ({"file_name": "a/b"}, "file_name"),
        ({"file_name": "C:\\tanks.zip"}, "file_name"),
        ({"file_name": ".."}, "file_name"),
        ({"file_name": ""}, "file_name"),
        ({"retrieved": "2025-11-22"}, "retrieved"),
        ({"retrieved": "2025-13-22T08:30:00Z"}, "calendar"),
        ({"retrieved": "٢٠٢٥-11-22T08:30:00Z"}, "retrieved"),
        ({"retrieved": "2025-11-22T08:30:00Z/../x"}, "retrieved"),
        ({"source_url": "file:///etc/passwd"}, "source_url"),
        ({"landing_page": "javascript:alert(1)"}, "landing_page"),
        ({"notes": "x"}, "notes"),
        ({"notes": [1]}, "notes"),
        ({"notes": ["x"] * 21}, "notes"),
    ],
)
def test_what_is_not_as_it_should_be_is_named(change, word):
    with pytest.raises(SourceError, match=word):
        Provenance.from_json(json.dumps({**GOOD, **change}))


@pytest.mark.parametrize(
    "text",
    ["", "x", "[]", "1", "[" * 500_000, '{"a":' * 100_000, "9" * 100_000, " " * (MAX_JSON + 1), b"\xff\xfe", b"\0"],
    ids=["empty", "word", "list", "number", "deep list", "deep object", "long number", "blanks", "not UTF-8", "NUL"],
)
def test_what_is_no_record_is_refused(text):
    with pytest.raises(SourceError, match="not valid"):
        Provenance.from_json(text)


@pytest.mark.parametrize("name", [name for name in GOOD if name not in ("format", "notes")])
def test_each_field_is_needed(name):
    with pytest.raises(SourceError, match=f"lacks {name}"):
        Provenance.from_json(json.dumps({other: value for other, value in GOOD.items() if other != name}))


@settings(max_examples=100, deadline=None)
@given(
    some.recursive(some.none() | some.booleans() | some.floats() | some.text(), some.lists, max_leaves=5), some.data()
)
def test_any_value_in_any_field_is_read_or_refused(value, data):
    name = data.draw(some.sampled_from(sorted(GOOD)))
    try:
        read = Provenance.from_json(json.dumps({**GOOD, name: value}))
    except SourceError:
        return
    cleaned = read.cleaned()
    assert Provenance.from_json(read.to_json()) == read
    assert Provenance.from_json(cleaned.to_json()) == cleaned == cleaned.cleaned()


def test_what_servers_say_is_put_in_order():
    cleaned = about(
        citation=" Somebody,\n\t2025\x00 ",
        licence="x" * 5000,
        source_url="https://me:secret@example.org:8443/a?id=1&token=abc",
        file_name="../a:b.zip",
        retrieved="2025-11-22T08:30:00+00:00",
        notes=tuple("abcdefghijklmnopqrstuvwxyz"),
    ).cleaned()
    assert cleaned.citation == "Somebody, 2025"
    assert cleaned.licence == "x" * 3999 + "…"
    assert cleaned.source_url == "https://example.org:8443/a?id=1&token=…"
    assert cleaned.file_name == "a_b.zip"
    assert cleaned.retrieved == "2025-11-22T08:30:00Z"
    assert cleaned.notes == tuple("abcdefghijklmnopqrst")


def test_a_data_set_that_cannot_be_described_is_named():
    with pytest.raises(SourceError, match="usgs-tanks.*source_url"):
        about(source_url="ftp://example.org/").cleaned()


def test_moments_are_ordered_as_text():
    stamps = [about(text).stamp for text in ("2024-12-31T23:59:59Z", "2025-01-01T00:00:00+00:00")]
    assert stamps == ["20241231T235959Z", "20250101T000000Z"]
    assert len(about(now()).cleaned().stamp) == 16


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("mmr_admin_boundaries.shp.zip", "mmr_admin_boundaries.shp.zip"),
        ("ကချင် 稀土.gpkg", "ကချင် 稀土.gpkg"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\data\\tanks.zip", "tanks.zip"),
        ("C:tanks.zip", "C_tanks.zip"),
        ('a<b>c"d|e?f*g.csv', "a_b_c_d_e_f_g.csv"),
        ("tanks.zip. . ", "tanks.zip"),
        ("CON", "_CON"),
        ("nul.zip", "_nul.zip"),
        ("Com1 .zip", "_Com1 .zip"),
        ("console.zip", "console.zip"),
        (".zip", "file.zip"),
        ("..", "file"),
        ("", "file"),
        ("a\0b\n.zip", "a_b_.zip"),
        ("a\u202egpj.exe", "a_gpj.exe"),
        ("x" * 300 + ".geojson.zip", "x" * 52 + ".geojson.zip"),
        ("x." * 100 + "zip", "x." * 30 + "zip"),
        ("x" * 300, "x" * 64),
    ],
)
def test_names_are_safe_everywhere_and_keep_their_suffix(name, safe):
    assert safe_name(name) == safe


@given(some.text())
def test_any_text_becomes_a_name_that_stays_as_it_is(text):
    name = safe_name(text)
    assert 0 < len(name) <= MAX_NAME and safe_name(name) == name
    assert not set(name) & set('<>:"/\\|?*\0\n') and name not in (".", "..") and name[-1] not in ". "


@pytest.mark.parametrize("key", ["usgs-tanks", "cod-ab-MMR-adm3", "geoboundaries-CHN-ADM3", "a" * 100])
def test_keys_of_data_sets_are_keys(key):
    assert is_key(key)
