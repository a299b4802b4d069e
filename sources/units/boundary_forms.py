"""The forms in which boundaries come: MIMU, COD-AB, geoBoundaries, GADM, Chinese counties, and our own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...analysis.fields import UNITS
from ..columns.roles import own_roles, plain


@dataclass(frozen=True)
class Form:
    """A recognised form: its name, role → column, the country if it tells, a citation, and what to warn of."""

    name: str
    columns: dict[str, str]
    country: str = ""
    citation: str = ""
    notes: list[str] = field(default_factory=list)


def recognise(columns: Sequence[str]) -> Form | None:
    """Return the form of a table of units, None where it is none of the known ones."""
    by_name = {plain(column): column for column in columns}
    for form in (_own, _mimu, _cod_ab, _geoboundaries, _gadm, _chinese):
        found = form(columns, by_name)
        if found:
            return found
    return None


def _own(columns: Sequence[str], by_name: dict[str, str]) -> Form | None:
    mapping = own_roles(columns, UNITS)
    return (
        Form("", mapping, citation="The sources named in the file")
        if {"unit_code", "unit_name"} <= mapping.keys()
        else None
    )


def _mimu(columns: Sequence[str], by_name: dict[str, str]) -> Form | None:
    if not {"ts", "tspcode"} <= by_name.keys():
        return None
    names = {"unit_code": "tspcode", "unit_name": "ts", "unit_name_local": "tsmmr4", "parent_name": "st"}
    mapping = _present({**names, "boundary_version": "pcodev"}, by_name)
    return Form("MIMU", mapping, "MMR", "Myanmar Information Management Unit (MIMU), townships of Myanmar")


def _cod_ab(columns: Sequence[str], by_name: dict[str, str]) -> Form | None:
    level = next((level for level in (4, 3, 2, 1) if f"adm{level}pcode" in by_name), None)
    if level is None:
        return None
    unit = f"adm{level}"
    mapping = _present({"unit_code": f"{unit}pcode", "country": "adm0pcode", "boundary_version": "version"}, by_name)
    mapping.update(_first({"unit_name": _english(unit), "unit_name_local": _local(unit)}, by_name))
    if level > 1:
        mapping.update(_first({"parent_name": _english("adm1")}, by_name))
    citation = "OCHA, Common Operational Datasets: Administrative Boundaries (COD-AB), CC BY-IGO"
    return Form("COD-AB", mapping, citation=citation) if "unit_name" in mapping else None


def _english(unit: str) -> list[str]:
    return [f"{unit}en", f"{unit}name", f"{unit}refname"]


def _local(unit: str) -> list[str]:
    return [f"{unit}my", f"{unit}mm", f"{unit}mmr4", f"{unit}name1", f"{unit}zh", f"{unit}altname1"]


def _geoboundaries(columns: Sequence[str], by_name: dict[str, str]) -> Form | None:
    if not {"shapename", "shapeid", "shapegroup"} <= by_name.keys():
        return None
    citation = (
        "Runfola, D., and others, 2020, geoBoundaries: a global database of political administrative boundaries: "
        "PLoS ONE 15(4), e0231866"
    )
    notes = ["geoBoundaries has no unit codes and no parent units: both stay empty."]
    return Form(
        "geoBoundaries", _present({"unit_name": "shapename", "country": "shapegroup"}, by_name), "", citation, notes
    )


def _gadm(columns: Sequence[str], by_name: dict[str, str]) -> Form | None:
    level = next((level for level in (4, 3, 2, 1) if {f"gid{level}", f"name{level}"} <= by_name.keys()), None)
    if level is None:
        return None
    names = {"unit_code": f"gid{level}", "unit_name": f"name{level}", "unit_name_local": f"nlname{level}"}
    parent = {"parent_name": "name1"} if level > 1 else {}
    notes = ["GADM allows no commercial use and no passing on without its leave: see its licence."]
    return Form("GADM", _present({**names, **parent, "country": "gid0"}, by_name), "", "GADM, https://gadm.org", notes)


def _chinese(columns: Sequence[str], by_name: dict[str, str]) -> Form | None:
    if "adcode" not in by_name or not {"namezh", "namepinyin", "name"} & by_name.keys():
        return None
    mapping = _present({"unit_code": "adcode"}, by_name)
    names = {
        "unit_name": ["namepinyin", "nameen", "namezh", "name"],
        "unit_name_local": ["namezh", "name"],
        "parent_name": ["proven", "provzh", "province"],
    }
    mapping.update(_first(names, by_name))
    notes = ["Counties with adcodes often come in GCJ-02, some 500 m off: compare them with an image."]
    return Form(
        "Chinese counties by adcode", mapping, "CHN", "Chinese counties by adcode: cite the file's maker", notes
    )


def _present(names: dict[str, str], by_name: dict[str, str]) -> dict[str, str]:
    return {role: by_name[name] for role, name in names.items() if name in by_name}


def _first(names: dict[str, list[str]], by_name: dict[str, str]) -> dict[str, str]:
    found = {role: next((by_name[name] for name in options if name in by_name), "") for role, options in names.items()}
    return {role: column for role, column in found.items() if column}
