"""The plugin's settings: from QGIS's own store, each overridden by an environment variable of its name.

``LEACHWATCH_CACHE_FOLDER`` presets ``cache_folder``, and so on: managed installs set them. An empty variable counts as
not set. A value that cannot be used is replaced by the default and told in ``Settings.problems``: whoever goes online
stops there first, so that a mistyped address is never replaced by another host in silence.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QObject, pyqtSignal

from .translation import tr

if TYPE_CHECKING:
    from .sources.online.endpoints import Endpoints

TIMEOUTS, RETRIES = range(1, 601), range(0, 11)
URLS = ("sciencebase_url", "hdx_url", "geoboundaries_url", "lfs_url", "mimu_url")
_PREFIX = "leachwatch/"
_NO = ("0", "false", "no", "off")
_YES = ("1", "true", "yes", "on")


@dataclass(frozen=True)
class Settings:
    """What the user or the install has set. ``cache_folder`` "": in the QGIS profile. ``timeout`` in seconds.

    ``problems``: what was set but cannot be used, one message each.
    """

    offline: bool = False
    cache_folder: str = ""
    timeout: int = 30
    retries: int = 4
    sciencebase_url: str = "https://www.sciencebase.gov"
    hdx_url: str = "https://data.humdata.org"
    geoboundaries_url: str = "https://www.geoboundaries.org"
    lfs_url: str = "https://media.githubusercontent.com"
    mimu_url: str = "https://geonode.themimu.info"
    usgs_doi: str = "10.5066/P1BSFNQ2"
    agree_mimu_terms: bool = False
    problems: tuple[str, ...] = field(default=(), compare=False)


NAMES = tuple(one.name for one in fields(Settings) if one.name != "problems")


class _Changes(QObject):
    changed = pyqtSignal()


# Emits ``changed`` after settings were saved.
changes = _Changes()
if QgsApplication.instance():
    # An algorithm in the background may import this first, and whatever is sent to a thread that has ended is lost.
    changes.moveToThread(QgsApplication.instance().thread())


def variable(name: str) -> str:
    """Return the environment variable that presets a setting."""
    return f"LEACHWATCH_{name.upper()}"


def preset() -> dict[str, str]:
    """Return setting → environment variable, for those that the environment sets."""
    return {name: variable(name) for name in NAMES if os.environ.get(variable(name), "").strip()}


def load() -> Settings:
    """Return the settings in force; never raises."""
    store, by_environment = QgsSettings(), preset()
    values: dict[str, Any] = {}
    problems = []
    for name in NAMES:
        where = by_environment.get(name, "")
        text = os.environ[where] if where else store.value(_PREFIX + name)
        if text is None or (name != "cache_folder" and not str(text).strip()):
            continue
        try:
            values[name] = read(name, str(text))
        except ValueError as error:
            problems.append(_problem(where or tr("Leachwatch's options"), str(text), str(error)))
    return Settings(**values, problems=tuple(problems))


def save(settings: Settings) -> None:
    """Store the settings, those preset by the environment left as they were; tells ``changes`` where one changed."""
    before, by_environment, store = load(), preset(), QgsSettings()
    for name in NAMES:
        if name not in by_environment:
            store.setValue(_PREFIX + name, getattr(settings, name))
    if load() != before:
        changes.changed.emit()


def cache_path(settings: Settings) -> Path:
    """Return the folder of the cache; it need not exist yet."""
    if settings.cache_folder:
        return Path(settings.cache_folder)
    return Path(QgsApplication.qgisSettingsDirPath()) / "leachwatch" / "cache"


def tank_style_path() -> Path:
    """Return the file of the style that new tank layers get, in the user's profile; it need not exist."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "leachwatch" / "tank_style.qml"


def endpoints(settings: Settings) -> Endpoints:
    """Return where the services stand."""
    from .sources.online.endpoints import Endpoints

    return Endpoints(
        settings.sciencebase_url, settings.hdx_url, settings.geoboundaries_url, settings.lfs_url, settings.mimu_url
    )


def read(name: str, text: str) -> Any:
    """Return the value of a setting that a text says. Raises ValueError with what is expected instead."""
    return _READERS[name](text.strip())


def _offline(text: str) -> bool:
    """Whatever is not a plain no means Offline: a slip of the pen must not send anything."""
    return text.casefold() not in _NO


def _yes(text: str) -> bool:
    if text.casefold() not in (*_YES, *_NO):
        raise ValueError(tr("1 or 0 is expected"))
    return text.casefold() in _YES


def _whole(allowed: range) -> Callable[[str], int]:
    def read_whole(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text) or int(text) not in allowed:
            limits = {"low": allowed[0], "high": allowed[-1]}
            raise ValueError(tr("a whole number from {low} to {high} is expected").format(**limits))
        return int(text)

    return read_whole


def _folder(text: str) -> str:
    if not text:
        return ""
    path = Path(os.path.expanduser(text))
    if not path.is_absolute() or "\0" in text:
        raise ValueError(tr("the full path of a folder is expected"))
    return str(path)


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment or "@" in parts.netloc or re.search(r'[\s\\"<>]', text):
        raise ValueError(tr("an address such as https://example.org is expected"))
    return text.rstrip("/")


def _doi(text: str) -> str:
    doi = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", text, flags=re.IGNORECASE)
    if not re.fullmatch(r"10\.\d{4,9}/[\w.;()/:-]+", doi, re.ASCII):
        raise ValueError(tr("a DOI such as 10.5066/P1BSFNQ2 is expected"))
    return doi


_READERS: dict[str, Callable[[str], Any]] = {
    "offline": _offline,
    "cache_folder": _folder,
    "timeout": _whole(TIMEOUTS),
    "retries": _whole(RETRIES),
    **{name: _url for name in URLS},
    "usgs_doi": _doi,
    "agree_mimu_terms": _yes,
}


def _problem(where: str, text: str, expected: str) -> str:
    text = re.sub(r"//[^/]*@", "//…@", text)  # a password that was written into an address stays out of the logs
    return tr("{where}: “{text}” cannot be used: {expected}.").format(where=where, text=text, expected=expected)
