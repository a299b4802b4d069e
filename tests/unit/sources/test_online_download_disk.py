"""What a disk may do to a download: full, not to be written, or a kill in the middle of it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from leachwatch.sources.errors import SourceError
from leachwatch.sources.online.download import Remote, download
from leachwatch.sources.online.network import Network
from leachwatch.sources.online.part_file import file_name_from
from leachwatch.tests.servers import routes as answer
from leachwatch.tests.servers import serving

ROOT = Path(__file__).resolve().parents[3]
NETWORK = Network(connect_timeout=2, read_timeout=2, retries=0)
CONTENT = bytes(400_000)
# A process of its own, in which the plugin's root is a package as it is in these tests.
CHILD = f"""
import runpy, sys
runpy.run_path({str(ROOT / "conftest.py")!r})
from pathlib import Path
from leachwatch.sources.errors import SourceError
from leachwatch.sources.online.download import Remote, download
from leachwatch.sources.online.network import Network
try:
    download(Remote(sys.argv[1], "a.zip"), Path(sys.argv[2]), Network(read_timeout=20))
except SourceError as error:
    print(error)
print(sorted(one.name for one in Path(sys.argv[2]).iterdir()), (Path(sys.argv[2]) / "a.zip").read_bytes() == b"older")
"""


def child(*arguments, before=()):
    command = [*before, sys.executable, "-c", CHILD, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def small_disk(folder):
    """Return the command that runs another one with a disk of 128 kB in a folder; skip where it may not."""
    script = 'mount -t tmpfs -o size=128k tmpfs "$0" && printf older > "$0/a.zip" && exec "$@"'
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, str(folder)]
    try:
        subprocess.run([*command, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("This system lets nobody mount a small disk (unshare).")
    return command


@pytest.mark.parametrize(("route", "needs"), [(answer.body(CONTENT), "0.4 MB"), (answer.endless(), "more than 0.1 MB")])
def test_a_full_disk(route, needs, tmp_path):
    before = small_disk(tmp_path)
    with serving({"/a": route}) as server:
        out, problems = child(server.url("/a"), str(tmp_path), before=before).communicate(timeout=30)
    assert out.splitlines() == [
        f"The disk is full: a.zip needs {needs} in {tmp_path}. "
        "Make room there, or choose another folder in the options.",
        "['a.zip'] True",
    ], problems


def test_a_kill_in_the_middle_leaves_the_older_file(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"older")
    with serving({"/a": answer.stall(answer.head(9999) + bytes(5000))}) as server:
        run = child(server.url("/a"), str(tmp_path))
        until = time.monotonic() + 20
        while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < until:
            time.sleep(0.05)
        os.kill(run.pid, signal.SIGKILL)
        run.communicate()
    names = sorted(one.name for one in tmp_path.iterdir())
    assert names[0] == "a.zip" and names[1].endswith(".part") and len(names) == 2
    assert (tmp_path / "a.zip").read_bytes() == b"older"


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with (
        serving({"/a": answer.body(CONTENT)}) as server,
        pytest.raises(SourceError, match="cannot be written in"),
    ):
        download(Remote(server.url("/a"), "a.zip"), tmp_path / "file", NETWORK)
    assert server.asked == []


def test_a_folder_in_the_place_of_the_file(tmp_path):
    (tmp_path / "a.zip").mkdir()
    with serving({"/a": answer.body(CONTENT)}) as server, pytest.raises(SourceError, match="cannot be written"):
        download(Remote(server.url("/a"), "a.zip"), tmp_path, NETWORK)
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]


def test_a_folder_that_is_not_there_is_made(tmp_path):
    with serving({"/a": answer.body(CONTENT)}) as server:
        got = download(Remote(server.url("/a"), "a.zip"), tmp_path / "one" / "two", NETWORK)
    assert got.path == tmp_path / "one" / "two" / "a.zip"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("a b.shp.zip", "a b.shp.zip"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\a.zip", "a.zip"),
        ("/", "download"),
        ("..", "download"),
        ("a\0b\n:c?.zip", "a_b__c_.zip"),
        ("NUL.zip", "_NUL.zip"),
        ("con", "_con"),
        ("x" * 300 + ".zip", "x" * 80 + ".zip"),
        ("缅甸.zip", "缅甸.zip"),
        ("", "download"),
    ],
)
def test_names_of_files_are_made_plain(name, plain):
    assert file_name_from(name) == plain


def test_a_name_that_climbs_stays_in_the_folder(tmp_path):
    inner = tmp_path / "inner"
    with serving({"/a": answer.body(CONTENT)}) as server:
        assert download(Remote(server.url("/a"), "../outer.zip"), inner, NETWORK).path == inner / "outer.zip"
    assert [one.name for one in tmp_path.iterdir()] == ["inner"]
