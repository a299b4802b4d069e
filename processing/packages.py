"""What Leachwatch needs beside QGIS, and what to say where it is missing. Imports none of it."""

from __future__ import annotations

from importlib.util import find_spec

# The oldest version that serves; geopandas alone brings pandas, numpy, shapely and pyproj.
NEEDED = {
    "geopandas": (0, 12),
    "shapely": (2, 0),
    "pandas": (1, 5),
    "scipy": (1, 9),
    "pyproj": (3, 3),
    "jinja2": (3, 0),
}


def problem() -> str:
    """Return what is missing or too old and how to get it, or nothing where all is there."""
    missing = [name for name in NEEDED if not _is_there(name)]
    old = [name for name in NEEDED if name not in missing and _version(name) < NEEDED[name]]
    if not missing and not old:
        return ""
    wanted = ", ".join(
        [f"{name} (missing)" for name in missing]
        + [f"{name} {'.'.join(map(str, NEEDED[name]))} or newer (here: {_version_text(name)})" for name in old]
    )
    return (
        f"Leachwatch needs these Python packages, and this QGIS does not have them: {wanted}. "
        "Windows: run QGIS's OSGeo4W setup and choose python3-geopandas and python3-scipy, or in the OSGeo4W Shell: "
        f"python -m pip install --user {' '.join(missing + old)}. "
        "Linux and macOS: install them for the Python that QGIS uses, then start QGIS again."
    )


def problem_online() -> str:
    """Return what is missing to load without a file, or nothing."""
    if _is_there("requests"):
        return ""
    return (
        "Loading without a file needs the Python package requests, and this QGIS does not have it. Choose a file "
        "(INPUT), or install requests for the Python that QGIS uses (python -m pip install --user requests) and start "
        "QGIS again."
    )


def broken(error: ImportError) -> str:
    """Return what to say where a package is there but cannot be imported."""
    return (
        f"A Python package that Leachwatch needs is there but does not work: {error}. It was probably built for "
        f"another version of numpy or of Python. Install these anew for the Python that QGIS uses: {', '.join(NEEDED)}."
    )


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _version_text(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # slow to import, and not needed at the start

    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def _version(name: str) -> tuple[int, ...]:
    """Return the first two numbers of a package's version; one that does not say its version is let through."""
    numbers = _version_text(name).split(".")[:2]
    return tuple(int(number) for number in numbers) if all(n.isdigit() for n in numbers) else (10_000,)
