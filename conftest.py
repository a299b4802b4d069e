"""Registers this folder as the package ``leachwatch`` for the tests.

The folder holds a package named ``processing``, and so does QGIS. With the root on ``sys.path``, as pytest puts it,
ours would shadow QGIS's. So the root leaves the path, and the tests import ``leachwatch.…``.
"""

import importlib.util
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def _find_proj_data() -> None:
    """In a virtual environment, Debian's pyproj looks for PROJ's data under the environment: point it to Debian's."""
    debian = Path("/usr/share/proj")
    if (debian / "proj.db").exists():
        os.environ.setdefault("PROJ_LIB", str(debian))
        os.environ.setdefault("PROJ_DATA", str(debian))


def _register_plugin() -> None:
    sys.path[:] = [entry for entry in sys.path if entry and Path(entry).resolve() != ROOT]
    spec = importlib.util.spec_from_file_location(
        "leachwatch", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["leachwatch"] = module
    spec.loader.exec_module(module)


def _hide_qgis() -> None:
    """Make every import of QGIS or GDAL fail: the unit tests need neither (``tools/test.sh`` runs them so)."""
    if os.environ.get("LEACHWATCH_NO_QGIS"):
        for name in ("qgis", "osgeo", "PyQt5", "PyQt6"):
            sys.modules[name] = None


_hide_qgis()
_find_proj_data()
_register_plugin()
