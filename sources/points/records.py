"""Placed rows of a source in the fields of the tank table, before folding."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

import numpy as np
import pandas as pd

from ...analysis.fields import TANKS, UNKNOWN, Kind
from ...analysis.progress import Cancelled, never
from ..columns import values
from ..columns.aliases import RECORD_IDS
from ..columns.choosing import Chosen
from ..columns.dates import RANK, Dates, parse_dates
from ..columns.roles import YEARS, plain, years_of
from ..columns.status_words import ABSENT
from ..notes import Information
from .places import Places
from .tank_suspicions import suspect
from .wide_years import NEVER_SEEN, read_years

DATES = [field.name for field in TANKS if field.kind is Kind.DATE]
_TEXTS = ["unit_code", "unit_name", "confidence", "image_source"]
_NO_DATE = np.datetime64("NaT", "ns")


class Records:
    """The rows under way: ``rows`` grows role by role, ``notes`` says what was found."""

    def __init__(
        self,
        places: Places,
        chosen: Chosen,
        name: str,
        given: Collection[str] = (),
        today: date | None = None,
        is_cancelled: Callable[[], bool] = never,
    ) -> None:
        """Read the rows by role. ``name`` stands for the source without a column; ``given``: roles the user named.

        Dates after ``today`` (None: this day) are suspicious. Raises Cancelled.
        """
        self._is_cancelled = is_cancelled
        self._table = places.table
        self._mapping = {role: column for role, column in chosen.columns.items() if column}
        self._meanings = chosen.meanings
        self.notes: list[str] = []
        self.rows = pd.DataFrame({"carried": np.arange(len(places.row)), "row": places.row})
        self.rows["lon"], self.rows["lat"] = places.lon, places.lat
        self._ranks: dict[str, np.ndarray] = {}
        self._absent = np.zeros(len(self.rows), dtype=bool)
        self._read_names(name, given)
        self._read_dates()
        self._read_status()
        self._read_measures()
        names = [name, *self._table.columns]
        self.notes += suspect(self.rows, self._ranks, names, today or date.today())

    def fill(self, snapshot_year: int | None) -> pd.DataFrame:
        """Return the rows with ``rank``; those without any date of their own are dated by the snapshot's year.

        ``seen`` is 1 for a row that shows a tank, NaN for one that says there was none.
        """
        rows = self.rows
        sighted = rows[["first_seen", "last_seen"]].notna().any(axis=1) | (rows["status"] != UNKNOWN)
        rows["seen"] = np.where(self._absent & ~sighted, np.nan, 1.0)
        rank = np.max([np.zeros(len(rows), dtype=np.int8), *self._ranks.values()], axis=0)
        if snapshot_year is not None:
            undated = rows[DATES].isna().all(axis=1).to_numpy() & rows["seen"].notna().to_numpy()
            first = pd.Timestamp(snapshot_year, 1, 1)
            rows.loc[undated, ["first_seen", "last_seen"]] = first
            rows.loc[undated & (rows["status"] != UNKNOWN).to_numpy(), "status_date"] = first
            rank[undated] = RANK["year"]
            self.notes.append(
                Information(
                    f"{undated.sum():,} rows without a date of their own are dated {snapshot_year}, "
                    "the snapshot's year."
                )
            )
        rows["rank"] = self._given_rank(rank)
        return rows

    def _column(self, role: str) -> pd.Series | None:
        if self._is_cancelled():
            raise Cancelled
        column = self._mapping.get(role)
        if column is None:
            return None
        return values.decoded(self._table[column], self._meanings.get(role, {}))

    def _text(self, role: str) -> np.ndarray:
        column = self._column(role)
        return np.full(len(self.rows), None, dtype=object) if column is None else values.texts(column)

    def _read_names(self, name: str, given: Collection[str]) -> None:
        self.rows["tank_id"] = self._text("tank_id")
        source = self._text("source")
        self.rows["source"] = np.where(pd.isna(source), name, source) if "source" in self._mapping else name
        for role in _TEXTS:
            self.rows[role] = self._text(role)
        # A record's number says nothing about which rows are the same tank, unless the user says it does.
        record = "tank_id" not in given and plain(self._mapping.get("tank_id", "")) in map(plain, RECORD_IDS)
        self.rows["key"] = None if record else self.rows["tank_id"]

    def _read_dates(self) -> None:
        for role in DATES:
            self.rows[role] = self._date(role)
        if YEARS in self._mapping:
            self._read_years()
        self._observed = self._date("date")
        first, last = self.rows["first_seen"], self.rows["last_seen"]
        observed = pd.Series(self._observed)
        # An image that shows the tank is a date of its own; one that contradicts the given dates is left to src_.
        self.rows["first_seen"] = first.mask(first.isna() & ~(observed > last), observed)
        self.rows["last_seen"] = last.mask(last.isna() & ~(observed < first), observed)

    def _date(self, role: str) -> np.ndarray:
        column = self._column(role)
        if column is None:
            return np.full(len(self.rows), _NO_DATE)
        dates = parse_dates(column)
        self._ranks[role] = dates.rank
        self._remark(role, str(column.name), dates)
        return dates.values

    def _remark(self, role: str, column: str, dates: Dates) -> None:
        self.notes += [f"Column {column}: {remark}." for remark in dates.remarks]
        self.notes += values.unread_note(role, column, dates.unread, "without a date")
        if dates.intervals:
            self.notes.append(
                Information(f"Column {column}: {dates.intervals:,} intervals such as 2019-2021 count at their end.")
            )

    def _read_years(self) -> None:
        columns = years_of(self._mapping[YEARS].split(","))
        times, notes = read_years(self._table, columns)
        self.notes += notes
        self._absent = times.pop(NEVER_SEEN)
        for name, found in times.items():
            if name == "status":
                self.rows["status"] = found
                continue
            missing = self.rows[name].isna().to_numpy()
            self.rows[name] = self.rows[name].where(~missing, found)
            used = missing & ~np.isnat(found)
            self._ranks[name] = np.where(used, RANK["year"], self._ranks.get(name, 0)).astype(np.int8)

    def _read_status(self) -> None:
        self.rows["status"] = self.rows.get("status", pd.Series(UNKNOWN, self.rows.index, dtype=object))
        column = self._column("status")
        if column is None:
            return
        parsed = values.statuses(column)
        self.notes += values.unread_note("Status", str(column.name), parsed.unread, "unknown")
        words = pd.Series(parsed.values, dtype=object)
        absent = (words == ABSENT).to_numpy()
        self._absent |= absent
        self.rows["status"] = words.mask(absent | words.isna(), self.rows["status"])
        self._mark_absent(absent)
        dated = ((self.rows["status"] != UNKNOWN) & self.rows["status_date"].isna()).to_numpy()
        self.rows["status_date"] = self.rows["status_date"].mask(dated, self._observed)

    def _mark_absent(self, absent: np.ndarray) -> None:
        """A row that says there was no tank on its date shows an absence, no tank."""
        dates = pd.Series(self._observed)
        for role in ("absent_on", "gone_by"):
            self.rows[role] = self.rows[role].mask(absent & self.rows[role].isna().to_numpy(), dates)
        for role in ("first_seen", "last_seen"):
            self.rows[role] = self.rows[role].mask(absent & (self.rows[role] == dates).to_numpy())

    def _read_measures(self) -> None:
        self.rows["tank_type"] = self._words("tank_type", values.tank_types, UNKNOWN)
        self.rows["country"] = self._words("country", values.countries, None)
        column = self._column("diameter_m")
        if column is None:
            self.rows["diameter_m"] = np.nan
            return
        parsed = values.numbers(column)
        self.notes += values.unread_note("Diameter", str(column.name), parsed.unread, "empty")
        with np.errstate(invalid="ignore"):
            sound = (parsed.values > 0) & np.isfinite(parsed.values)
        none = int((~sound & ~np.isnan(parsed.values)).sum())
        self.notes += [f"Diameter: {none:,} values of 0, less or without end were left empty."] if none else []
        self.rows["diameter_m"] = np.where(sound, parsed.values, np.nan)

    def _words(self, role: str, read: Callable[[pd.Series], values.Parsed], otherwise: str | None) -> pd.Series:
        column = self._column(role)
        words = pd.Series(otherwise, self.rows.index, dtype=object)
        if column is None:
            return words
        parsed = read(column)
        what = role.replace("_", " ").capitalize()
        self.notes += values.unread_note(what, str(column.name), parsed.unread, otherwise or "empty")
        return pd.Series(parsed.values, dtype=object).where(pd.notna(parsed.values), otherwise)

    def _given_rank(self, rank: np.ndarray) -> np.ndarray:
        """A table in our own form says how exactly its dates are known: 2021-01-01 may stand for a year."""
        column = self._column("date_precision")
        if column is None:
            return rank
        given = column.map(RANK).fillna(0).to_numpy(dtype=np.int8)
        return np.where((given > 0) & (rank > 0), given, rank)
