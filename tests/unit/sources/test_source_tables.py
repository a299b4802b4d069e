import pytest
from leachwatch.analysis.progress import Cancelled
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


def test_lines_in_utf_16_are_letters_not_bytes(tmp_path):
    # ည is U+100A: its low byte is that of a line end.
    table, notes = read_table(written(tmp_path, "id,name\n1,ည\n2,ညည\n".encode("utf-16")))
    assert table["name"].tolist() == ["ည", "ညည"]
    assert notes == ["a.csv is not UTF-8; its text was read as utf-16."]


def test_cp1252_is_read_and_said(tmp_path):
    table, notes = read_table(written(tmp_path, "name\nCafé\n".encode("cp1252")))
    assert table.loc[0, "name"] == "Café"
    assert "cp1252" in notes[0]


def test_chinese_is_read_by_its_header_and_said(tmp_path):
    table, notes = read_table(written(tmp_path, "编号,纬度,经度\n甲,25.5,115.2\n".encode("gb18030")))
    assert table.iloc[0].tolist() == ["甲", "25.5", "115.2"] and list(table.columns) == ["编号", "纬度", "经度"]
    assert notes == ["a.csv is not UTF-8; its text was read as Chinese (GB18030)."]


def test_empty_cells_are_none_and_nothing_else_is(tmp_path):
    table, _ = read_table(written(tmp_path, "a,b,c\n,NA,0\n1\n"))
    assert table.iloc[0].tolist() == [None, "NA", "0"]
    assert table.iloc[1].tolist() == ["1", None, None]


def test_a_header_alone_is_an_empty_table(tmp_path):
    table, _ = read_table(written(tmp_path, "lat,lon\n"))
    assert list(table.columns) == ["lat", "lon"]
    assert len(table) == 0


def test_names_that_are_equal_without_spaces_are_told_apart(tmp_path):
    table, _ = read_table(written(tmp_path, "a, a ,b,a.1\n1,2,3,4\n"))
    assert len(set(table.columns)) == 4
    assert table.iloc[0].tolist() == ["1", "2", "3", "4"]


def test_a_trailing_separator_is_no_cell(tmp_path):
    table, notes = read_table(written(tmp_path, "a,b\n1,2,\n3,4,\n"))
    assert table.to_numpy().tolist() == [["1", "2"], ["3", "4"]]
    assert notes == []


def test_more_words_than_are_shared_and_more_rows_than_are_read_at_once(tmp_path):
    number = 120_000
    table, _ = read_table(written(tmp_path, "id,word\n" + "".join(f"T{i},{'ab'[i % 2]}\n" for i in range(number))))
    assert table["id"].tolist() == [f"T{i}" for i in range(number)]
    assert table["word"].value_counts().tolist() == [number // 2, number // 2]
    assert len({id(word) for word in table["word"]}) == 2


def test_no_more_rows_than_asked_for(tmp_path):
    table, notes = read_table(written(tmp_path, "a\n" + "1\n" * 10), limit=3)
    assert len(table) == 3
    assert notes == []


def test_it_stops_when_cancelled(tmp_path):
    with pytest.raises(Cancelled):
        read_table(written(tmp_path, "a\n1\n"), is_cancelled=lambda: True)


def test_lines_that_a_quotation_mark_swallows_are_told(tmp_path):
    table, notes = read_table(written(tmp_path, 'a,b\n1,"x\n2,y\n3,z"\n4,w\n'))
    assert len(table) == 2
    assert "2 lines" in notes[0]


def test_bytes_that_are_no_letters_in_cp1252_are_told(tmp_path):
    table, notes = read_table(written(tmp_path, b"a\ncaf\xe9 \x81\n"))
    assert table.loc[0, "a"] == "café \ufffd"
    assert "no letters" in notes[0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a,b\n1,2\n1,2,3,4\n", "line 3"),
        ("a,b\n1,2,3\n1,2,3\n", "more cells than its header"),
        ('a,b\n1,"2\n3,4\n', "inside string"),
        (b"\x00\x01\x02binary", "is not a text file"),
        (b"a,b\n" + b"1,2\n" * 300_000 + b"\0,2\n", r"byte 1,200,005 is NUL"),
        ("\n\n", "has no header"),
        (",".join(f"c{i}" for i in range(1_000_000)) + "\n1\n", r"columns or more; at most 2,000"),
        ("a,b\n1," + "x" * (11 * 1024**2) + "\n", r"a line of over 10 MB \(after 1 others\)"),
    ],
)
def test_what_is_no_table(tmp_path, content, message):
    with pytest.raises(SourceError, match=message):
        read_table(written(tmp_path, content))
