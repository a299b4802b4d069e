import pytest
from leachwatch.sources.errors import SourceError
from leachwatch.sources.files.tables import find_separator, read_header, read_table


def written(tmp_path, content):
    file = tmp_path / "a.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(tmp_path, separator):
    file = written(
        tmp_path, separator.join(["lat", "lon"]) + "\n" + separator.join(["25,1" if separator == ";" else "25", "98"])
    )
    table, notes = read_table(file)
    assert list(table.columns) == ["lat", "lon"]
    assert table.loc[0, "lon"] == "98"
    assert notes == []


def test_the_separator_is_that_of_the_header():
    assert find_separator('"a,b";c;d') == ";"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_scripts_survive(tmp_path, encoding):
    file = written(tmp_path, "name,name_zh\nချီဖွေ,维西\n".encode(encoding))
    assert read_table(file)[0].iloc[0].tolist() == ["ချီဖွေ", "维西"]
    assert read_header(file) == ["name", "name_zh"]


def test_cp1252_is_read_and_said(tmp_path):
    table, notes = read_table(written(tmp_path, "name\nCafé\n".encode("cp1252")))
    assert table.loc[0, "name"] == "Café"
    assert "cp1252" in notes[0]


def test_empty_cells_are_none_and_nothing_else_is(tmp_path):
    table, _ = read_table(written(tmp_path, "a,b,c\n,NA,0\n1\n"))
    assert table.iloc[0].tolist() == [None, "NA", "0"]
    assert table.iloc[1].tolist() == ["1", None, None]


def test_a_header_alone_is_an_empty_table(tmp_path):
    table, _ = read_table(written(tmp_path, "lat,lon\n"))
    assert list(table.columns) == ["lat", "lon"]
    assert len(table) == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a,b\n1,2\n1,2,3,4\n", "line 3"),
        (b"\x00\x01\x02binary", "is not a text file"),
        ("\n\n", "cannot be read as a table"),
    ],
)
def test_what_is_no_table(tmp_path, content, message):
    with pytest.raises(SourceError, match=message):
        read_table(written(tmp_path, content))
