"""What happened to each site between two years, and the sums of it; rows are plain dictionaries."""

from __future__ import annotations

from .definition import Definition, percent, yearly
from .ground import GEOD, HECTARE, Plane, footprint
from .sites import groups, sites
from .tank import Tank, counts, perhaps_built_by, status_in, surely_new
from .units import Unit, most_common, unit_of

STATUSES = ("active", "abandoned", "unknown")
AREAS = ("start", "end", "gain", "loss")


class Expansion:
    """The tanks at both ends of a period, their sites and units."""

    def __init__(
        self, tanks: list[Tank], start: int, end: int, counting: str, definition: Definition, units: list[Unit] | None
    ) -> None:
        self.tanks, self.start, self.end, self.definition = tanks, start, end, definition
        self.counting, self.units = counting, units
        self.at_start = {n for n, tank in enumerate(tanks) if counts(tank, start, counting)}
        self.at_end = {n for n, tank in enumerate(tanks) if counts(tank, end, counting)}
        everyone = sorted(self.at_start | self.at_end)
        self.sites = sites(tanks, everyone, definition.link_distance, definition.min_tanks)
        self.rows = [self._site(name, members) for name, members in self.sites.items()]

    def _site(self, name: str, members: list[int]) -> dict:
        tanks = self.tanks
        before = [n for n in members if n in self.at_start]
        after = [n for n in members if n in self.at_end]
        row = {
            "site_id": name,
            "tanks_start": len(before),
            "tanks_end": len(after),
            "tanks_new": len([n for n in after if n not in self.at_start]),
            "tanks_gone": len([n for n in before if n not in self.at_end]),
            "first_seen": min((tanks[n].first_seen for n in members if tanks[n].first_seen), default=None),
            "last_seen": max((tanks[n].last_seen for n in members if tanks[n].last_seen), default=None),
            "merged_sites": len(
                [g for g in groups(tanks, before, self.definition.link_distance) if len(g) >= self.definition.min_tanks]
            ),
        }
        row.update(self._statuses(before, after))
        row.update(self._ground(members, before, after))
        row.update(self._place(members))
        row["tanks_change_pct"] = percent(row["tanks_end"] - row["tanks_start"], row["tanks_start"])
        row["annual_growth_pct"] = yearly(row["tanks_start"], row["tanks_end"], self.end - self.start)
        row["change_class"] = change_class(row)
        return row

    def _statuses(self, before: list[int], after: list[int]) -> dict:
        row = {f"{word}_{moment}": 0 for word in STATUSES for moment in ("start", "end")}
        for n in before:
            row[f"{status_in(self.tanks[n], self.start)}_start"] += 1
        for n in after:
            row[f"{status_in(self.tanks[n], self.end)}_end"] += 1
        return row

    def _ground(self, members: list[int], before: list[int], after: list[int]) -> dict:
        tanks, asked = self.tanks, self.definition
        plane = Plane(tanks[members[0]].lon, tanks[members[0]].lat)
        old, old_method = footprint(plane, [tanks[n] for n in before], asked.footprint, asked.padding)
        new, new_method = footprint(plane, [tanks[n] for n in after], asked.footprint, asked.padding)
        areas = dict(zip(AREAS, (old.area, new.area, new.difference(old).area, old.difference(new).area)))
        row = {f"footprint_{word}_ha": area / HECTARE for word, area in areas.items()}
        row["footprint_change_ha"] = (new.area - old.area) / HECTARE
        row["footprint_change_pct"] = percent(new.area - old.area, old.area)
        row["shift_m"] = row["shift_bearing_deg"] = None
        row["footprint_method"] = new_method if after else old_method
        if before and after:
            if old_method != new_method:
                row["footprint_method"] = f"{new_method} (start: {old_method})"
            one, other = plane.mean([tanks[n] for n in before]), plane.mean([tanks[n] for n in after])
            bearing, _, row["shift_m"] = GEOD.inv(*one, *other)
            row["shift_bearing_deg"] = bearing % 360 if row["shift_m"] > 1e-3 else None
        return row

    def _place(self, members: list[int]) -> dict:
        units = self.units or []
        number = most_common([unit_of(self.tanks[n], units) for n in members])
        unit = None if number is None else units[number]
        country = unit.country if unit else None
        return {
            "unit": number,
            "unit_code": unit.code if unit else None,
            "unit_name": unit.name if unit else None,
            "country": country or most_common([self.tanks[n].country for n in members]),
        }

    def summary(self) -> dict[tuple[str, str | None], dict]:
        """Return the sums by (scope, unit_code)."""
        grouped = {n for members in self.sites.values() for n in members}
        everyone = set(range(len(self.tanks)))
        result = {
            ("all tanks", None): self._sums(everyone, self.rows),
            ("in sites", None): self._sums(grouped, self.rows),
            ("ungrouped", None): self._sums((self.at_start | self.at_end) - grouped, []),
        }
        if self.units is not None:
            where = [unit_of(tank, self.units) for tank in self.tanks]
            for number in [*range(len(self.units)), None]:
                key = ("outside all units", None) if number is None else ("unit", self.units[number].code)
                inside = {n for n in everyone if where[n] == number}
                result[key] = self._sums(inside, [row for row in self.rows if row["unit"] == number])
        return result

    def _sums(self, inside: set[int], rows: list[dict]) -> dict:
        grouped = {n for members in self.sites.values() for n in members}
        before, after = inside & self.at_start, inside & self.at_end
        some = [self.tanks[n] for n in sorted(inside)]
        new = after - before
        row = {
            "sites_start": len([r for r in rows if r["tanks_start"]]),
            "sites_end": len([r for r in rows if r["tanks_end"]]),
            "tanks_start": len(before),
            "tanks_end": len(after),
            "tanks_new": len(new),
            "tanks_gone": len(before - after),
            "tanks_new_at_least": len([n for n in new if surely_new(self.tanks[n], self.start, self.end)]),
            "tanks_new_at_most": len(new | {n for n in inside - before if perhaps_built_by(self.tanks[n], self.end)}),
            "tanks_undated": len([tank for tank in some if tank.seen_from is None]),
            "ungrouped_start": len(before - grouped),
            "ungrouped_end": len(after - grouped),
            **self._statuses(sorted(before), sorted(after)),
        }
        for word in ("new", "expanded", "stable", "contracted", "abandoned", "gone"):
            row[f"sites_{word}"] = len([r for r in rows if r["change_class"] == word])
        for word in (*AREAS, "change"):
            row[f"footprint_{word}_ha"] = sum(r[f"footprint_{word}_ha"] for r in rows)
        row["tanks_change_pct"] = percent(len(after) - len(before), len(before))
        row["annual_growth_pct"] = yearly(len(before), len(after), self.end - self.start)
        return row


def change_class(row: dict) -> str:
    if row["tanks_start"] == 0:
        return "new"
    if row["tanks_end"] == 0:
        return "gone"
    if row["abandoned_end"] == row["tanks_end"]:
        return "abandoned"
    if row["tanks_end"] == row["tanks_start"]:
        return "stable"
    return "expanded" if row["tanks_end"] > row["tanks_start"] else "contracted"
