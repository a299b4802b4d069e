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
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtCore import QPointF, QSizeF
from qgis.PyQt.QtGui import QColor

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "models"
GROUP = "Examples"
# The canvas, in its own units: inputs to the left, steps in the middle with their comments below, outputs to the right.
_INPUT_X, _STEP_X, _OUTPUT_X = 150, 560, 930
_TOP, _ROW, _STEP_ROW, _COMMENT_BELOW = 90, 60, 250, 115
_INPUT, _STEP, _OUTPUT, _COMMENT = QSizeF(250, 44), QSizeF(260, 60), QSizeF(250, 40), QSizeF(260, 70)
_OPTIONAL = QgsProcessingParameterDefinition.Flag.FlagOptional


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
        place(component, _INPUT_X, _TOP + number * _ROW, _INPUT)
        model.addModelParameter(parameter, component)
    model.setParameterOrder([one.name() for one in described.inputs])
    top = _TOP
    for step in described.steps:
        model.addChildAlgorithm(child(step, top))
        top += max(len(step.outputs) * _ROW + _ROW, _STEP_ROW)
    outputs = {f"{step.id}:{title}": text for step in described.steps for title, (_, text) in step.outputs.items()}
    inputs = {one.name(): one.help() for one in described.inputs}
    model.setHelpContent({"ALG_DESC": described.help, "ALG_CREATOR": "Leachwatch", **inputs, **outputs})
    return model


def child(step, top: float) -> QgsProcessingModelChildAlgorithm:
    """Return a step with its comment below and its outputs to the right."""
    made = QgsProcessingModelChildAlgorithm(f"leachwatch:{step.algorithm}")
    if made.algorithm() is None:
        raise SystemExit(f"No such algorithm: {step.algorithm}")
    made.setChildId(step.id)
    made.setDescription(step.title)
    place(made, _STEP_X, top, _STEP)
    made.comment().setDescription(step.comment)
    place(made.comment(), _STEP_X, top + _COMMENT_BELOW, _COMMENT)
    known = {one.name(): one for one in made.algorithm().parameterDefinitions()}
    if unknown := set(step.values) - set(known):
        raise SystemExit(f"{step.algorithm} has no parameter {unknown}")
    # The designer shows a step in red where a value that must be given is left to its default.
    must = {name: one.defaultValue() for name, one in known.items() if not one.flags() & _OPTIONAL}
    given = {name: value for name, value in must.items() if not known[name].isDestination()}
    for name, value in {**given, **step.values}.items():
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
