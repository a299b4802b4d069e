"""What each unit holds, at the end of a period and year by year; rows are plain dictionaries."""

from __future__ import annotations

from datetime import date

from .definition import Definition, percent
from .ground import HECTARE, Plane, footprint, square_kilometres
from .sites import sites
from .tank import Tank, counts, side_of, status_in
from .units import Unit, most_common, unit_of


class Townships:
    """Tanks in units. Sites are formed once, over all tanks that count in any of the years."""

    def __init__(
        self, tanks: list[Tank], years: list[int | None], counting: str, definition: Definition, units: list[Unit]
    ) -> None:
        self.tanks, self.years, self.counting, self.definition, self.units = tanks, years, counting, definition, units
        self.where = [unit_of(tank, units) for tank in tanks]
        self.counted = {year: self._counted(year) for year in years}
        everyone = sorted(set().union(*self.counted.values()))
        self.sites = list(sites(tanks, everyone, definition.link_distance, definition.min_tanks).values())
        self.site_unit = [most_common([self.where[n] for n in members]) for members in self.sites]
        self._drawn: dict[tuple[int, ...], float] = {}

    def _counted(self, year: int | None) -> set[int]:
        return {n for n, tank in enumerate(self.tanks) if counts(tank, year, self.counting)}

    @property
    def places(self) -> list[int | None]:
        """The units, and None for what lies outside all of them if any tank does."""
        return [*range(len(self.units)), *([None] if None in self.where else [])]

    def yearly(self) -> dict[tuple[str | None, int | None], dict]:
        """Return a row by unit code (None outside) and year."""
        rows = {}
        for unit in self.places:
            for year in self.years:
                rows[None if unit is None else self.units[unit].code, year] = self._row(unit, year)
        return rows

    def _row(self, unit: int | None, year: int | None) -> dict:
        inside = {n for n in self.counted[year] if self.where[n] == unit}
        present = [m for m, u in zip(self.sites, self.site_unit) if u == unit and set(m) & self.counted[year]]
        row = {"tanks": len(inside), "sites": len(present)}
        row["tanks_new"] = row["tanks_gone"] = row["tanks_cumulative"] = row["sites_new"] = None
        if year is not None:
            before = self._counted(year - 1)
            earlier = {n for n in before if self.where[n] == unit}
            row["tanks_new"], row["tanks_gone"] = len(inside - earlier), len(earlier - inside)
            ever = [n for n, tank in enumerate(self.tanks) if counts(tank, year, "cumulative")]
            row["tanks_cumulative"] = len([n for n in ever if self.where[n] == unit])
            row["sites_new"] = len([members for members in present if not set(members) & before])
        words = [status_in(self.tanks[n], year) for n in inside]
        row["active"], row["abandoned"] = words.count("active"), words.count("abandoned")
        row["status_unknown"] = words.count("unknown")
        kinds = [self.tanks[n].tank_type for n in inside]
        row["leachate"], row["precipitation"] = kinds.count("leachate"), kinds.count("precipitation")
        row["type_unknown"] = kinds.count("unknown")
        row["footprint_ha"] = sum(self._hectares([n for n in m if n in self.counted[year]]) for m in present)
        area = None if unit is None else square_kilometres(self.units[unit].polygon)
        row["tanks_per_100km2"] = percent(len(inside), area) if area else None
        return row

    def _hectares(self, members: list[int]) -> float:
        key = tuple(members)
        if key not in self._drawn:
            tanks = [self.tanks[n] for n in members]
            asked = self.definition
            shape, _ = footprint(Plane(tanks[0].lon, tanks[0].lat), tanks, asked.footprint, asked.padding)
            self._drawn[key] = shape.area / HECTARE
        return self._drawn[key]

    def at_the_end(self, cut: date | None) -> dict[str | None, dict]:
        """Return a row by unit code: what is there in the last year, and what changed since the first."""
        start, end = self.years[0], self.years[-1]
        names = ("tanks", "active", "abandoned", "status_unknown", "leachate", "precipitation", "type_unknown")
        rows = {}
        for unit in self.places:
            of_year = self._row(unit, end)
            row = {name: of_year[name] for name in (*names, "sites", "footprint_ha", "tanks_per_100km2")}
            inside = {n for n, where in enumerate(self.where) if where == unit}
            row["tanks_undated"] = len([n for n in inside if self.tanks[n].seen_from is None])
            row["status_known"] = row["active"] + row["abandoned"]
            row["active_share_pct"] = percent(row["active"], row["status_known"])
            row["tanks_start"] = row["tanks_new"] = row["tanks_gone"] = None
            if end is not None:
                before, after = inside & self.counted[start], inside & self.counted[end]
                row["tanks_start"] = len(before)
                row["tanks_new"], row["tanks_gone"] = len(after - before), len(before - after)
            sides = [side_of(self.tanks[n], cut) for n in inside & self.counted[end]] if cut and end else None
            for column, word in (
                ("before_cut", "before"),
                ("after_cut", "after"),
                ("cut_undetermined", "undetermined"),
            ):
                row[f"tanks_{column}"] = None if sides is None else sides.count(word)
            rows[None if unit is None else self.units[unit].code] = row
        return rows
