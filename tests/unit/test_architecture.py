"""Arrows between the folders point one way, and the start-up imports nothing heavy."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("analysis", "sources", "processing", "ui")
HEAVY = {"numpy", "pandas", "scipy", "shapely", "geopandas", "pyproj", "jinja2", "matplotlib", "requests"}
MAY_IMPORT = {
    "analysis": set(),
    "sources": {"analysis"},
    "processing": {"analysis", "sources", "settings", "translation"},
    "ui": {"analysis", "sources", "settings", "translation"},
}


def imports(path, top_level_only=False):
    """Return (level, module) of each import of a file, those for type checking left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level_only else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = [node.module] if node.module else [alias.name for alias in node.names]
            yield from ((node.level, name) for name in names)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room):
    for path in (ROOT / room).rglob("*.py"):
        above_the_room = len(path.relative_to(ROOT).parts)
        for level, module in imports(path):
            head = module.partition(".")[0]
            if level == above_the_room:
                assert head in MAY_IMPORT[room], f"{path}: {'.' * level}{module}"
            if room == "analysis" and level == 0:
                assert head not in ("qgis", "osgeo", "PyQt5"), f"{path}: {module}"
            assert head not in ("PyQt5", "PyQt6"), f"{path}: take Qt from qgis.PyQt"


@pytest.mark.parametrize("room", ["processing", "ui"])
def test_no_heavy_import_at_the_start(room):
    for path in (ROOT / room).rglob("*.py"):
        if path.parent.name == "reports":
            continue  # imported when a report is written
        for level, module in imports(path, top_level_only=True):
            assert level or module.partition(".")[0] not in HEAVY, f"{path}: {module}"


def at_the_start():
    """Return the files that are imported when QGIS starts, found by following the imports at their top."""
    beginnings = ("plugin.py", "expressions.py", "processing/provider.py", "ui/desktop.py")
    waiting, found = [ROOT / name for name in beginnings], set()
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        nodes = [one for one in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(one, ast.ImportFrom)]
        for node in (one for one in nodes if one.level):
            folder = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            files = [folder.with_suffix(".py"), *(folder / f"{alias.name}.py" for alias in node.names)]
            waiting += [one for one in files if one.exists()]
    return found


def test_the_start_imports_only_what_describes_the_algorithms():
    """30 ms are all there is: what reads, writes or goes online is imported when it is first used."""
    found = at_the_start()
    names = {path.relative_to(ROOT).with_suffix("").as_posix() for path in found}
    assert {
        "processing/algorithms/load_usgs_tanks",
        "ui/options/factory",
        "analysis/fields",
    } <= names, "the search works"
    assert not [name for name in names if name.split("/")[0] in ("sources", "settings")]
    assert not [name for name in names if name.endswith(("_reader", "_dock", "dialog", "page", "network"))]
    slow = HEAVY | {"importlib.metadata", "zipfile", "sqlite3", "csv", "tempfile", "email", "http", "osgeo"}
    assert not [
        (path.name, module) for path in found for _, module in imports(path, top_level_only=True) if module in slow
    ]


def test_the_settings_need_nothing_that_goes_online():
    """The docks read them to show that the plugin is offline."""
    found = [module for level, module in imports(ROOT / "settings.py", top_level_only=True) if level]
    assert found == ["translation"]


def test_the_names_of_the_fields_need_no_other_package():
    """The provider reads them at QGIS's start."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import analysis.fields, analysis.definition; "
        f"print(sorted(set(sys.modules) & {HEAVY!r}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_deeper_room_is_held_to_the_same_rule():
    folder = ROOT / "sources" / "files"
    deep = [(level, module) for path in folder.glob("*.py") for level, module in imports(path) if level == 3]
    assert deep and {module.partition(".")[0] for _, module in deep} <= MAY_IMPORT["sources"]


def test_nobody_imports_the_plugin_file():
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            assert not [module for level, module in imports(path) if level and module.startswith("plugin")], path
