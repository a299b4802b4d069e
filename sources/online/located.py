"""What the catalogues hand to ``obtain``: where a dataset can be had, and what the services say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ...analysis.progress import never
from .download import Remote
from .network import Network

Tell = Callable[[str], None]


def silent(text: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Wanted:
    """One file and the addresses at which it can be had, in order of preference."""

    remotes: tuple[Remote, ...]
    required: bool = True


@dataclass(frozen=True)
class Located:
    """One way to have a dataset: a file, those that belong beside it, and what the service says of them.

    ``licence``, ``citation`` and ``version`` are "" where the service does not state them.
    """

    file: Wanted
    beside: tuple[Wanted, ...] = ()
    licence: str = ""
    citation: str = ""
    version: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """How the file is to be read: the layer meant ("" where the loader finds it), and what to know of it."""

    layer: str = ""
    notes: tuple[str, ...] = ()


class Dataset(Protocol):
    """A dataset that a service holds."""

    @property
    def key(self) -> str:
        """Return the name in the cache."""

    @property
    def title(self) -> str:
        """Return the name for people."""

    @property
    def page(self) -> str:
        """Return where a person downloads it."""

    def locate(self, network: Network, is_cancelled: Callable[[], bool] = never, tell: Tell = silent) -> list[Located]:
        """Ask the service; return the ways to have the dataset, the best first. Raises SourceError."""

    def check(self, file: Path, is_cancelled: Callable[[], bool] = never) -> None:
        """Look into a file before the cache takes it. Raises SourceError where it is not the dataset, or broken."""

    def reading(self, file: Path) -> Reading:
        """Say how a file is to be read, without reading it through."""
