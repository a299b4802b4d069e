"""PostgreSQL with PostGIS, a server of the tests' own: on a free port of 127.0.0.1, in a temporary folder."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

USER = "leachwatch"
_SETTINGS = {
    "fsync": "off",
    "ssl": "off",
    "log_min_messages": "fatal",
    "max_connections": "60",
    "shared_buffers": "16MB",
    "dynamic_shared_memory_type": "mmap",
}


class NoPostgis(Exception):
    """Says what of PostgreSQL and PostGIS is missing on this machine."""


@dataclass(frozen=True)
class Postgis:
    """Where the server listens. Nobody needs a password, and only this machine's programs reach it."""

    port: int
    sockets: Path
    programs: Path

    @property
    def uri(self) -> str:
        """How QGIS and GDAL connect to it."""
        return f"dbname='postgres' host=127.0.0.1 port={self.port} user='{USER}' sslmode=disable"

    def run(self, statement: str) -> str:
        """Run SQL; return what it prints. Raises CalledProcessError, which holds the message."""
        command = [self.programs / "psql", "-h", self.sockets, "-p", str(self.port), "-U", USER, "-d", "postgres"]
        command += ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.strip()


def missing_postgis() -> str:
    """Return what of PostgreSQL and PostGIS is not on this machine, "" where all is."""
    try:
        _programs()
    except NoPostgis as missing:
        return str(missing)
    return ""


@contextlib.contextmanager
def serving_postgis() -> Iterator[Postgis]:
    """Start a server and stop it at the end. Raises NoPostgis where it is not installed."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _unprivileged())
        _prepare(programs, folder)
        with _started(programs, folder) as server:
            server.run("CREATE EXTENSION postgis")
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Return the folder of the newest server that has PostGIS. Debian keeps the programs off PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("postgres")
    if on_path:
        found.append(Path(on_path).resolve())
    if not found:
        raise NoPostgis("postgresql is not on this machine")
    for program in reversed(found):
        shared = subprocess.run([program.with_name("pg_config"), "--sharedir"], capture_output=True, text=True).stdout
        if (Path(shared.strip()) / "extension" / "postgis.control").exists():
            return program.parent
    raise NoPostgis("PostGIS (Debian's package postgresql-postgis) is not on this machine")


def _prepare(programs: Path, folder: Path) -> None:
    command = [programs / "initdb", "-D", folder / "data", "-U", USER, "--auth=trust", "-E", "UTF8", "--locale=C"]
    subprocess.run([*_as_nobody_special(), *command, "--no-sync"], check=True, capture_output=True, timeout=120)


@contextlib.contextmanager
def _started(programs: Path, folder: Path) -> Iterator[Postgis]:
    server = Postgis(_free_port(), folder, programs)
    options = [option for name, value in _SETTINGS.items() for option in ("-c", f"{name}={value}")]
    command = [programs / "postgres", "-D", folder / "data", "-h", "127.0.0.1", "-p", str(server.port), "-k", folder]
    # Should pytest be killed, the server goes with it.
    process = subprocess.Popen(
        [*_as_nobody_special(), *command, *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(server, process)
        yield server
    finally:
        _stop(process)


def _wait_for(server: Postgis, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            server.run("SELECT 1")
            return
        except subprocess.CalledProcessError as error:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL does not start: {error.stderr}") from error
            time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # closes the connections that QGIS keeps
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(20)


def _as_nobody_special() -> list[str]:
    """Return what a command begins with: it ends with this process, and PostgreSQL does not run as root."""
    words = ["setpriv", "--pdeathsig", "INT"]
    if os.geteuid() == 0:
        user = pwd.getpwnam(_unprivileged())
        words += [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return words


def _unprivileged() -> str:
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
