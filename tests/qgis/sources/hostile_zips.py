"""Makers of zips, and of spreadsheets, which are zips, that do harm."""

import base64
import io
import os
import stat
import struct
import zipfile

import openpyxl

from .hostile_texts import ENTITIES, KML, LAUGHS, hostile


def workbook(path, change):
    book, kept = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["lat", "lon"])
    book.active.append([25, 98])
    book.save(kept)
    with zipfile.ZipFile(kept) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name in made.namelist():
            content = made.read(name).decode()
            written.writestr(name, change(content) if name == "xl/worksheets/sheet1.xml" else content)


@hostile("laughs.xlsx", f"laughs.xlsx (xl/worksheets/sheet1.xml) {ENTITIES}")
def a_sheet_that_laughs(path):
    workbook(path, lambda sheet: LAUGHS + sheet.replace("<v>25</v>", "<v>&a9;</v>"))


@hostile("far columns.xlsx", "breaks off: Maximum number of fields supported is 2000")
def a_sheet_of_a_million_columns(path):
    workbook(path, lambda sheet: sheet.replace('r="B1"', 'r="BDWGN1"'))


@hostile("large.ods", "unpacks to 1.0 GB, more than the 0.5 GB allowed")
def a_sheet_that_says_it_is_large(path):
    ods(path, "", HEADER)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (2**30).to_bytes(4, "little")
    path.write_bytes(bytes(data))


@hostile("locked.xlsx", "locked.xlsx is encrypted")
def a_sheet_with_a_password(path):
    workbook(path, lambda sheet: sheet)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))


@hostile("link.kmz", "holds a symbolic link, “doc.kml”")
def a_kmz_with_a_link(path):
    link = zipfile.ZipInfo("doc.kml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")


@hostile("deep.xlsx", {"rows": 1})
def a_sheet_of_a_million_levels(path):
    workbook(path, lambda sheet: sheet.replace("<v>25</v>", "<v>" + "<a>" * 10**6 + "</a>" * 10**6 + "</v>"))


def ods(path, head, rows):
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f'{head}<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="S">'
            f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>",
        )


CELL = '<table:table-cell {} office:value-type="string"><text:p>{}</text:p></table:table-cell>'
HEADER = f"<table:table-row>{CELL.format('', 'lat')}{CELL.format('', 'lon')}</table:table-row>"


@hostile("laughs.ods", f"laughs.ods (content.xml) {ENTITIES}")
def an_ods_that_laughs(path):
    ods(path, LAUGHS, f"{HEADER}<table:table-row>{CELL.format('', '&a9;')}</table:table-row>")


@hostile("repeated.ods", "breaks off: Invalid value for number-columns-repeated = 1000000000")
def a_cell_repeated_a_billion_times(path):
    repeated = CELL.format('table:number-columns-repeated="1000000000"', "x")
    ods(path, "", f"{HEADER}<table:table-row>{repeated}</table:table-row>")


def zipped(path, entries, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


@hostile("climbs.kmz", "holds an entry that leads out of its folder, “../../evil.kml”")
def a_kmz_that_climbs(path):
    zipped(path, {"doc.kml": KML.format("", "A"), "../../evil.kml": "x"})


@hostile("bomb.xlsx", "bomb.xlsx unpacks to")
def a_sheet_that_is_a_bomb(path):
    zipped(path, {"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": b"0" * (60 * 1024**2)})


@hostile("nested bomb.zip", "inner.zip unpacks to")
def a_bomb_in_a_zip(path):
    inner = io.BytesIO()
    zipped(inner, {"zeros.csv": b"0" * (60 * 1024**2)})
    zipped(path, {"inner.zip": inner.getvalue()})


@hostile("entries.zip", "more entries than the 10,000 allowed|100,000 entries, more than the 10,000 allowed")
def a_hundred_thousand_entries(path):
    zipped(path, {f"{n}.csv": "" for n in range(100_000)})


@hostile("overlap.zip", "holds entries that overlap|cannot be unpacked: Overlapped entries")
def entries_that_overlap(path):
    """One packed megabyte, listed a hundred times."""
    zipped(path, {"0000.csv": base64.b64encode(os.urandom(750_000))})
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02")
    entry, end = data[start : data.index(b"PK\x05\x06")], bytearray(data[data.index(b"PK\x05\x06") :])
    struct.pack_into("<HHL", end, 8, 100, 100, 100 * len(entry))
    path.write_bytes(data[:start] + entry * 100 + bytes(end))


@hostile("crowd.zip", "crowd.zip holds 501 files of data, more than the 500 allowed")
def a_zip_of_many_files(path):
    zipped(path, {f"{n}.csv": "lat,lon\n25,98\n" for n in range(501)})


@hostile("lying.zip", "lying.zip cannot be unpacked: Bad CRC-32 for file '0.csv'")
def an_entry_larger_than_it_says(path):
    zipped(path, {"0.csv": "lat,lon\n" + "25,98\n" * 100_000})
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (100).to_bytes(4, "little")
    path.write_bytes(bytes(data))


@hostile("lzma.zip", "lzma.zip is packed in an uncommon way")
def a_zip_of_uncommon_packing(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("0.csv", "lat,lon\n25,98\n")
