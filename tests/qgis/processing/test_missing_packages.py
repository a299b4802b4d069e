"""Without geopandas, or with too old a shapely: the provider loads, and each algorithm says what to install.

Each case runs in a Python of its own whose import system does not find the package, as on a machine without it.
"""

import json
import os
import subprocess
import sys
import textwrap

import pytest
from leachwatch.processing import packages
from leachwatch.tests.qgis.processing import contract

SCRIPT = """
import importlib.util, json, sys
from importlib.machinery import PathFinder
from pathlib import Path

hidden = {hidden!r}

class Blind:
    # In place of Python's own finder: knows every package but the hidden ones.
    @staticmethod
    def find_spec(name, path=None, target=None):
        return None if name.partition(".")[0] in hidden else PathFinder.find_spec(name, path, target)

    find_distributions = PathFinder.find_distributions

sys.meta_path[:] = [Blind if finder is PathFinder else finder for finder in sys.meta_path]
{prepare}
root = Path({root!r})
init = root / "__init__.py"
spec = importlib.util.spec_from_file_location("leachwatch", init, submodule_search_locations=[str(root)])
sys.modules["leachwatch"] = module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)

from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback
app = QgsApplication([], False)
app.initQgis()
from leachwatch.processing.provider import LeachwatchProvider
provider = LeachwatchProvider()
QgsApplication.processingRegistry().addProvider(provider)
found = {{}}
for algorithm in provider.algorithms():
    can, why = algorithm.canExecute()
    if algorithm.groupId() == "examples":
        found[algorithm.name()] = [can, why]  # a model: its steps run, and say what they miss
        continue
    try:
        algorithm.create().processAlgorithm(
            {{"START_YEAR": 2020, "END_YEAR": 2024, "INPUT": {csv!r}, "OUTPUT": "memory:"}},
            QgsProcessingContext(), QgsProcessingFeedback(False)
        )
        raised = None
    except QgsProcessingException as error:
        raised = str(error)
    help_length, parameters = len(algorithm.shortHelpString()), len(algorithm.parameterDefinitions())
    found[algorithm.name()] = [can, why, raised, help_length, parameters]
Path({answer!r}).write_text(json.dumps(found))
"""


def ask(tmp_path, hidden=(), prepare="", with_file=True):
    """Return, by algorithm: can it run, why not, what running it says, and whether help and parameters are there."""
    csv, answer = tmp_path / "tanks.csv", tmp_path / "answer.json"
    csv.write_text("lat,lon\n25,98\n", encoding="utf-8")
    root = os.path.dirname(os.path.dirname(packages.__file__))
    script = SCRIPT.format(
        hidden=tuple(hidden), prepare=prepare, root=root, csv=str(csv) if with_file else "", answer=str(answer)
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
    )
    assert answer.exists(), done.stderr
    assert "Traceback" not in done.stderr
    found = json.loads(answer.read_text())
    # The table of published figures needs QGIS alone: it is offered, and runs, all the same.
    can, why, raised, help_length, _ = found.pop("loadpublishedfigures")
    assert (can, why, raised) == (True, "", None) and help_length > 200
    for model in contract.MODELS:
        assert found.pop(model) == found["siteexpansion"][:2]
    return found


@pytest.mark.parametrize("hidden", ["geopandas", "scipy", "shapely"])
def test_a_missing_package(tmp_path, hidden):
    found = ask(tmp_path, [hidden])
    assert {*found, "loadpublishedfigures"} == set(contract.PARAMETERS)
    for can, why, raised, help_length, parameters in found.values():
        assert not can
        assert f"{hidden} (missing)" in why and "pip install" in why and "OSGeo4W" in why
        assert raised == why
        assert help_length > 200 and parameters > 4


@pytest.mark.parametrize("with_file", [True, False])
def test_requests_is_needed_for_downloads_alone(tmp_path, with_file):
    can, why, raised, *_ = ask(tmp_path, ["requests"], with_file=with_file)["loadusgstanks"]
    assert (can, why) == (True, "")
    assert raised is None if with_file else "requests" in raised and "Choose a file" in raised


def test_a_shapely_that_is_too_old(tmp_path):
    old = tmp_path / "old" / "shapely-1.8.5.dist-info"
    old.mkdir(parents=True)
    (old / "METADATA").write_text("Metadata-Version: 2.1\nName: shapely\nVersion: 1.8.5\n", encoding="utf-8")
    found = ask(tmp_path, prepare=f"sys.path.insert(0, {str(old.parent)!r})")
    for can, why, raised, *_ in found.values():
        assert not can and raised == why
        assert "shapely 2.0 or newer (here: 1.8.5)" in why


def test_a_package_that_is_broken(tmp_path):
    """Built for another numpy, say: it is found, but cannot be imported."""
    broken = tmp_path / "broken" / "geopandas"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('numpy.core.multiarray failed to import')", encoding="utf-8")
    found = ask(tmp_path, prepare=f"sys.path.insert(0, {str(broken.parent)!r})")
    can, _, raised, *_ = found["loadtownships"]
    assert can and "numpy.core.multiarray failed to import" in raised and "Install these anew" in raised


def test_all_is_there():
    assert packages.problem() == ""


def test_the_message_is_one_a_person_can_act_on(tmp_path):
    script = textwrap.dedent(
        """
        import importlib.util, sys
        spec = importlib.util.spec_from_file_location("packages", sys.argv[1])
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.NEEDED = {"no_such_package": (1, 0)}
        print(module.problem())
        """
    )
    done = subprocess.run([sys.executable, "-c", script, packages.__file__], capture_output=True, text=True, timeout=60)
    assert "no_such_package (missing)" in done.stdout
    assert "python -m pip install --user no_such_package" in done.stdout
