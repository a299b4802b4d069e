import numpy as np
import pandas as pd
from leachwatch.sources.columns.naming import unique_ids, with_prefix


def test_ids_are_kept_made_and_made_unique():
    ids = pd.Series(["A", None, "S", "S", "M", "M", "row 2"], dtype=object)
    names = unique_ids(ids, np.array([1, 2, 3, 4, 5, 5, 6]))
    assert list(names) == ["A", "row 2", "S row 3", "S row 4", "M row 5", "M row 5 (2)", "row 2 row 6"]


def test_source_columns_are_prefixed_once_and_unique():
    table = pd.DataFrame([[1, 2, 3, 4]], columns=["Name", "NAME", "src_name", "geom"])
    assert list(with_prefix(table).columns) == ["src_Name", "src_NAME_2", "src_name_3", "src_geom"]
