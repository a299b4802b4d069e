"""Reads reports as a browser or a spreadsheet would, for tests."""

from __future__ import annotations

import csv
import re
import zlib
from html.parser import HTMLParser

_OBJECT = re.compile(rb"(\d+) 0 obj\s*(.*?)(?:stream\r?\n(.*?)\r?\nendstream\s*)?endobj", re.DOTALL)


class Page(HTMLParser):
    """The tags, headings, texts of cells, headline numbers and pictures of a page."""

    def __init__(self, text):
        super().__init__()
        self.text, self.tags, self.pictures, self.headings, self.words = text, [], [], [], []
        self.cells, self.numbers, self._open = [], {}, {}
        self._label = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        if tag == "img":
            self.pictures.append(dict(attributes))
        if tag in ("td", "h2", "dt", "dd"):
            self._open[tag] = ""

    def handle_data(self, data):
        self.words.append(data)
        for tag in self._open:
            self._open[tag] += data

    def handle_endtag(self, tag):
        if tag not in self._open:
            return
        text = self._open.pop(tag)
        if tag == "td":
            self.cells.append(text)
        elif tag == "h2":
            self.headings.append(text)
        elif tag == "dt":
            self._label = text
        else:
            self.numbers.setdefault(self._label, []).append(text)

    def beside(self, text, steps=1):
        """Return the cell that stands so many cells behind the one with this text."""
        return self.cells[self.cells.index(text) + steps]


def read_page(path):
    """Return a page."""
    return Page(path.read_text(encoding="utf-8"))


def read_csv(path):
    """Return the rows of a CSV as {column: text}; it begins with the mark that Excel knows UTF-8 by."""
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(newline="", encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


def pdf_pages(path):
    """Return the text of each page of a PDF that Qt wrote, a line for each piece of text."""
    objects = {int(one[1]): (one[2], one[3]) for one in _OBJECT.finditer(path.read_bytes())}
    fonts = {
        number: _letters(_plain(objects[int(found[1])][1]))
        for number, (head, _) in objects.items()
        if (found := re.search(rb"/ToUnicode (\d+) 0 R", head))
    }
    contents = [
        int(re.search(rb"/Contents (\d+) 0 R", head)[1])
        for head, _ in objects.values()
        if re.search(rb"/Type /Page\b", head)
    ]
    return [_text(_plain(objects[number][1]), fonts) for number in contents]


def _plain(stream):
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def _letters(table):
    """Return the letter of each glyph, from a font's own table."""
    letters = {}
    for first, last, letter in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", table):
        for glyph in range(int(first, 16), int(last, 16) + 1):
            letters[glyph] = chr(int(letter, 16) + glyph - int(first, 16))
    for first, _, several in re.findall(rb"<(\w+)>\s*<(\w+)>\s*\[([^\]]*)\]", table):
        for place, letter in enumerate(re.findall(rb"<(\w+)>", several)):
            letters[int(first, 16) + place] = bytes.fromhex(letter.decode()).decode("utf-16-be")
    return letters


def _text(content, fonts):
    font, text = {}, ""
    for number, glyphs, end in re.findall(rb"/F(\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)> Tj|(\bET\b)", content):
        if number:
            font = fonts.get(int(number), {})
        elif glyphs:
            text += "".join(font.get(int(glyphs[at : at + 4], 16), "?") for at in range(0, len(glyphs), 4))
        elif end:
            text += "\n"
    # Qt names the glyph of a space after a tabulator, which looks the same.
    return text.replace("\t", " ")
