"""Writes the example models in ``resources/models`` with QGIS 3.22, the oldest that opens them.

Run it with a Python that has ``qgis`` (no display is needed): ``python tools/make_models.py [FOLDER]``. The files are
the same on every run: attributes are sorted, which Qt does not do. What each model does stands in ``tools/models.py``.
"""

from __future__ import annotations

import importlib.util
import os
import re
import sys
import tempfile
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
)
from qgis.PyQt.QtCore import QPointF, QSizeF
from qgis.PyQt.QtGui import QColor

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "models"
GROUP = "Examples"
# The canvas, in its own units: inputs in a row above, steps in rows below them, each step's outputs to its right.
_LEFT, _COLUMN, _ROW, _GAP = 150, 270, 55, 90
_INPUT, _STEP, _OUTPUT = QSizeF(230, 34), QSizeF(250, 60), QSizeF(230, 34)
_TEXT = QSizeF(250, 90)
_STEP_X, _COMMENT_X, _OUTPUT_X = 430, 130, 760


def register() -> None:
    """Import the checkout as the package ``leachwatch``, and offer its algorithms."""
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() not in (ROOT, ROOT / "tools")]
    place = {"submodule_search_locations": [str(ROOT)]}
    spec = importlib.util.spec_from_file_location("leachwatch", ROOT / "__init__.py", **place)
    module = importlib.util.module_from_spec(spec)
    sys.modules["leachwatch"] = module
    spec.loader.exec_module(module)
    from leachwatch.processing.provider import LeachwatchProvider

    register.provider = LeachwatchProvider()
    QgsApplication.processingRegistry().addProvider(register.provider)


def build(described) -> QgsProcessingModelAlgorithm:
    """Return a model as QGIS's own object, laid out on the canvas."""
    model = QgsProcessingModelAlgorithm(described.title, GROUP)
    for number, parameter in enumerate(described.inputs):
        component = QgsProcessingModelParameter(parameter.name())
        row, column = divmod(number, 4)
        place(component, _LEFT + column * _COLUMN, 60 + row * _ROW, _INPUT)
        model.addModelParameter(parameter, component)
    model.setParameterOrder([one.name() for one in described.inputs])
    top = 60 + (len(described.inputs) - 1) // 4 * _ROW + _GAP + 20
    for step in described.steps:
        rows = max(len(step.outputs), 2)
        model.addChildAlgorithm(child(step, top))
        top += rows * _ROW + _GAP
    outputs = {f"{step.id}:{title}": text for step in described.steps for title, (_, text) in step.outputs.items()}
    inputs = {one.name(): one.help() for one in described.inputs}
    model.setHelpContent({"ALG_DESC": described.help, "ALG_CREATOR": "Leachwatch", **inputs, **outputs})
    return model


def child(step, top: float) -> QgsProcessingModelChildAlgorithm:
    """Return a step with its comment to the left and its outputs to the right."""
    made = QgsProcessingModelChildAlgorithm(f"leachwatch:{step.algorithm}")
    if made.algorithm() is None:
        raise SystemExit(f"No such algorithm: {step.algorithm}")
    made.setChildId(step.id)
    made.setDescription(step.title)
    place(made, _STEP_X, top, _STEP)
    made.comment().setDescription(step.comment)
    place(made.comment(), _COMMENT_X, top, _TEXT)
    known = {one.name() for one in made.algorithm().parameterDefinitions()}
    for name, value in step.values.items():
        if name not in known:
            raise SystemExit(f"{step.algorithm} has no parameter {name}")
        made.addParameterSources(name, [source(value)])
    outputs = {}
    for number, (title, (name, _)) in enumerate(step.outputs.items()):
        output = QgsProcessingModelOutput(title, title)
        output.setChildId(step.id)
        output.setChildOutputName(name)
        place(output, _OUTPUT_X, top + number * _ROW, _OUTPUT)
        outputs[title] = output
    made.setModelOutputs(outputs)
    return made


def source(value) -> QgsProcessingModelChildParameterSource:
    """Return where a value comes from: a (step, output), an input of the model (text with @), or the value itself."""
    if isinstance(value, tuple):
        return QgsProcessingModelChildParameterSource.fromChildOutput(*value)
    if isinstance(value, str) and value.startswith("@"):
        return QgsProcessingModelChildParameterSource.fromModelParameter(value[1:])
    return QgsProcessingModelChildParameterSource.fromStaticValue(value)


def place(component, x: float, y: float, size: QSizeF) -> None:
    """Put a component on the canvas by its middle."""
    component.setPosition(QPointF(x, y))
    component.setSize(size)
    component.setColor(QColor())


def write(name: str, described, folder: Path) -> None:
    """Write one model, the attributes of its XML sorted."""
    with tempfile.TemporaryDirectory() as scratch:
        raw = Path(scratch) / f"{name}.model3"
        if not build(described).toFile(str(raw)):
            raise SystemExit(f"{name} could not be written")
        text = raw.read_text(encoding="utf-8")
    (folder / f"{name}.model3").write_text(re.sub(r"<Option\b([^>]*?)(/?)>", sorted_attributes, text), encoding="utf-8")


def sorted_attributes(match: re.Match) -> str:
    """Return an element's head with its attributes in order."""
    attributes = re.findall(r'[\w:]+="[^"]*"', match.group(1))
    return "<" + " ".join(["Option", *sorted(attributes)]) + f"{match.group(2)}>"


def main(folder: Path = FOLDER) -> None:
    """Write all models into the folder."""
    register()
    from leachwatch.tools.models import models

    folder.mkdir(parents=True, exist_ok=True)
    for name, described in models().items():
        write(name, described, folder)
    print(f"{len(models())} models in {folder}, by QGIS {Qgis.version()}")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QgsApplication([], False)
    application.initQgis()
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
    QgsApplication.processingRegistry().removeProvider(register.provider)
    application.exitQgis()
