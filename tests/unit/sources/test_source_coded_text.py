"""Texts that come in parts are one column of codes, whatever repeats in it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from leachwatch.sources.files.coded_text import CodedText

PARTS = st.lists(st.lists(st.one_of(st.none(), st.sampled_from(["", "a", "b", "ချီ"]), st.text(max_size=3)), max_size=9))


@given(PARTS)
def test_the_texts_come_back_in_their_order(parts):
    column = CodedText()
    for part in parts:
        column.take_each(part)
    codes, words = column.finish()
    texts = [text for part in parts for text in part]
    assert [words[code] if code >= 0 else None for code in codes] == texts
    assert len(set(words)) == len(words) and set(words) == {text for text in texts if text is not None}
    assert codes.dtype == np.int32


def test_codes_of_several_parts_mean_the_same_words():
    column = CodedText()
    column.take(np.array([0, 1, -1, 0]), ["a", "b"])
    column.take(np.array([1, 0]), ["c", "b"])
    column.take(np.array([0, 1]), ["d", "e"])
    read = column.finish()
    assert read.as_objects().tolist() == ["a", "b", None, "a", "b", "c", "d", "e"]
    assert read.words == ["a", "b", "c", "d", "e"]
    assert len(column.finish().codes) == 0
