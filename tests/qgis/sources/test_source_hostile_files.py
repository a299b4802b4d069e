"""Files made to do harm: each ends in a clear error or a counted loss, within bounded time and memory.

All are read by one process of their own, which has no more than 2 GB of memory. What is made, and what each file must
end in, stands in ``hostile_texts``, ``hostile_tables`` and ``hostile_zips``.
"""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from . import hostile_tables, hostile_zips
from .hostile_texts import FILES

assert hostile_tables and hostile_zips  # their makers are registered
ROOT = Path(__file__).resolve().parents[3]
READING = textwrap.dedent("""
    import importlib.util, json, os, resource, sys, time
    root, folder = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))
    spec = importlib.util.spec_from_file_location(
        "leachwatch", root + "/__init__.py", submodule_search_locations=[root])
    module = importlib.util.module_from_spec(spec)
    sys.modules["leachwatch"] = module
    spec.loader.exec_module(module)
    from leachwatch.sources.files.reader import read
    from leachwatch.sources.errors import SourceError
    for name in sorted(os.listdir(folder)):
        start = time.monotonic()
        try:
            source = read(os.path.join(folder, name), has_places=lambda columns: "lat" in columns)
            places = [] if source.geometry is None else [shape is not None for shape in source.geometry]
            said = {"rows": len(source.table), "places": sum(places), "notes": source.notes}
        except SourceError as error:
            said = {"error": str(error)}
        said["seconds"] = time.monotonic() - start
        print(json.dumps({name: said}), flush=True)
    print(json.dumps({"": {"megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}}), flush=True)
""")


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    for name, (maker, _) in FILES.items():
        maker(folder / name)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", READING, str(ROOT), str(folder)],
        capture_output=True,
        text=True,
        timeout=180,
    )
    lines = {}
    for line in done.stdout.splitlines():
        lines.update(json.loads(line))
    assert done.returncode == 0, f"after {list(lines)[-1:]}: {done.stderr[-2000:]}"
    return lines


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_ends_in_words(answers, name):
    answer, expected = answers[name], FILES[name][1]
    assert answer["seconds"] < 10
    if isinstance(expected, dict):
        note = expected.get("note", "")
        assert {key: answer.get(key) for key in expected if key != "note"} == {
            key: value for key, value in expected.items() if key != "note"
        }, answer
        assert any(note in said for said in answer["notes"] or [""]), answer
    else:
        assert any(part in answer.get("error", "") for part in expected.split("|")), answer


def test_all_of_them_together_take_bounded_memory(answers):
    assert answers[""]["megabytes"] < 1_000
