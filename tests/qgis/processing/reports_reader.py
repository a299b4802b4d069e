"""Reads reports as a browser or a spreadsheet would, for tests."""

from __future__ import annotations

import csv
from html.parser import HTMLParser


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
