"""Placed rows of a source of sites in the fields of the table of sites."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from ...analysis.fields import ISP_SITES, NO_DATE, UNKNOWN, Kind
from ..columns import values
from ..columns.choosing import Chosen
from ..columns.dates import PRECISION_OF_RANK, RANK, Dates, parse_dates, stretch
from ..columns.naming import unique_ids, with_prefix
from ..columns.periods import parse_periods
from ..columns.status_words import ABSENT
from ..notes import Information
from . import places
from .isp_suspicions import suspect

_NAMES = [field.name for field in ISP_SITES]
_TEXTS = ("site_name", "period", "unit_code", "unit_name", "unit_match", "confidence", "image_source")


class SiteRows:
    """The fields of the placed rows, role by role, with notes on what was found."""

    def __init__(self, found: places.Places, chosen: Chosen, name: str, today: date | None = None) -> None:
        """Read the rows by role; ``name`` stands for the source where no column does.

        Dates after ``today`` (None: this day) are suspicious.
        """
        self._found = found
        self._mapping = {role: column for role, column in chosen.columns.items() if column}
        self._meanings = chosen.meanings
        self.notes: list[str] = []
        self.rows = pd.DataFrame(index=pd.RangeIndex(len(found.row)))
        for role in _TEXTS:
            self.rows[role] = self._text(role)
        self._read_names(name)
        self._read_words()
        self._read_ponds()
        self._rank = np.zeros(len(self.rows), dtype=np.int8)
        self.rows["first_seen_from"] = self.rows["first_seen_to"] = np.datetime64("NaT", "ns")
        self._read_days()
        self._read_period()
        self._read_image_date()
        self.notes += suspect(self.rows, found, [name, *found.table.columns], today or date.today())

    def finish(self, snapshot_year: int | None) -> pd.DataFrame:
        """Return the table of sites, its undated rows dated by the snapshot: they stood by the end of its year."""
        undated = self._undated()
        if snapshot_year is not None and undated.any():
            self._set(undated, None, pd.Timestamp(snapshot_year, 12, 31), RANK["year"])
            self.notes.append(
                Information(
                    f"{undated.sum():,} rows without a period or date: first seen in {snapshot_year} or before."
                )
            )
        self.rows["date_precision"] = np.where(self._undated(), NO_DATE, PRECISION_OF_RANK[self._given_rank()])
        sites = self.rows.reindex(columns=_NAMES)
        for name in (field.name for field in ISP_SITES if field.kind is Kind.TEXT):
            sites[name] = values.none_for_missing(sites[name])
        place = pd.DataFrame({"lon": self._found.lon, "lat": self._found.lat}, dtype=float)
        return pd.concat([sites, with_prefix(self._found.table), place], axis=1)

    def _undated(self) -> np.ndarray:
        return self.rows[["first_seen_from", "first_seen_to"]].isna().all(axis=1).to_numpy()

    def _column(self, role: str) -> pd.Series | None:
        column = self._mapping.get(role)
        if column is None:
            return None
        return values.decoded(self._found.table[column], self._meanings.get(role, {}))

    def _text(self, role: str) -> np.ndarray:
        column = self._column(role)
        return np.full(len(self.rows), None, dtype=object) if column is None else values.texts(column)

    def _read_names(self, name: str) -> None:
        ids = pd.Series(self._text("site_id"), dtype=object)
        # The ponds of one site share its id, and keep it.
        self.rows["site_id"] = ids.where(ids.notna(), unique_ids(ids, self._found.row))
        repeated = int(ids.dropna().duplicated(keep=False).sum())
        if repeated:
            self.notes.append(f"{repeated:,} rows share their site's id with another: all are kept, each a row.")
        source = self._text("source")
        self.rows["source"] = np.where(pd.isna(source), name, source)

    def _read_words(self) -> None:
        for role, parse, otherwise in (("status", values.statuses, UNKNOWN), ("country", values.countries, None)):
            column = self._column(role)
            words = np.full(len(self.rows), None, dtype=object)
            if column is not None:
                parsed = parse(column)
                words = parsed.values
                self.notes += values.unread_note(
                    role.capitalize(), str(column.name), parsed.unread, otherwise or "empty"
                )
            absent = words == ABSENT
            if absent.any():
                self.notes.append(
                    f"{absent.sum():,} rows say that nothing was there (column {self._mapping[role]}): they were kept, "
                    f"with status {UNKNOWN}."
                )
            unknown = pd.isna(words) | absent
            self.rows[role] = np.where(unknown, np.array(otherwise, dtype=object), words)

    def _read_ponds(self) -> None:
        counts = np.full(len(self.rows), np.nan)
        column = self._column("pond_count")
        if column is not None:
            parsed = values.numbers(column)
            whole = np.isfinite(parsed.values) & (parsed.values >= 0) & (parsed.values % 1 == 0)
            counts = np.where(whole, parsed.values, np.nan)
            odd = int((~whole & ~np.isnan(parsed.values)).sum())
            self.notes += values.unread_note("Pond count", str(column.name), parsed.unread, "empty")
            self.notes += [f"Pond count: {odd:,} values are no counts, and left empty."] if odd else []
        self.rows["pond_count"] = pd.Series(counts).astype("Int64")

    def _read_days(self) -> None:
        """The fields of our own form, as they are."""
        for role in ("first_seen_from", "first_seen_to"):
            column = self._column(role)
            if column is not None:
                dates = parse_dates(column)
                self._remark(role, str(column.name), dates)
                self.rows[role] = dates.values
                self._rank = np.maximum(self._rank, dates.rank)

    def _read_period(self) -> None:
        column = self._column("period")
        if column is None:
            return
        parsed = parse_periods(column)
        self.notes += values.unread_note("Period", str(column.name), parsed.unread, "without dates (the text is kept)")
        if column.astype(str).str.contains("coup", case=False).any():
            self.notes.append(Information("“Coup” was read as 1 February 2021."))
        undated = self._undated()
        codes, periods = pd.factorize(parsed.values)
        for code, period in enumerate(periods):
            self._set(undated & (codes == code), period.start, period.end, period.rank)

    def _read_image_date(self) -> None:
        """An image that shows a site says that it was there by then, not since when."""
        column = self._column("date")
        if column is None:
            return
        dates = parse_dates(column)
        self._remark("date", str(column.name), dates)
        by = self._undated() & ~np.isnat(dates.values)
        ends = {
            (day, rank): _end(pd.Timestamp(day), int(rank)) for day, rank in set(zip(dates.values[by], dates.rank[by]))
        }
        self.rows.loc[by, "first_seen_to"] = [ends[key] for key in zip(dates.values[by], dates.rank[by])]
        self._rank[by] = dates.rank[by]
        if by.any():
            self.notes.append(
                Information(f"{by.sum():,} rows are dated by {column.name}, an image: first seen then or before.")
            )

    def _set(self, rows: np.ndarray, start: object, end: object, rank: int) -> None:
        self.rows.loc[rows, "first_seen_from"] = pd.Timestamp(start) if start else pd.NaT
        self.rows.loc[rows, "first_seen_to"] = pd.Timestamp(end) if end else pd.NaT
        self._rank[rows] = rank

    def _remark(self, role: str, column: str, dates: Dates) -> None:
        self.notes += [f"Column {column}: {remark}." for remark in dates.remarks]
        self.notes += values.unread_note(role, column, dates.unread, "without a date")

    def _given_rank(self) -> np.ndarray:
        column = self._column("date_precision")
        if column is None:
            return self._rank
        given = column.map(RANK).fillna(0).to_numpy(dtype=np.int8)
        return np.where((given > 0) & (self._rank > 0), given, self._rank)


def _end(day: pd.Timestamp, rank: int) -> pd.Timestamp:
    parts = {
        RANK["day"]: (day.year, day.month, day.day),
        RANK["month"]: (day.year, day.month),
        RANK["year"]: (day.year,),
    }
    days = stretch(*parts[rank])
    return day if days is None else pd.Timestamp(days.end)
