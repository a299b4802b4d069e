"""What every algorithm of Leachwatch shares: help from files, packages checked, errors as one clear message."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
)
from qgis.PyQt.QtGui import QIcon, QTextDocument

from ..translation import tr
from . import packages
from .parameters.checks import wrong_value
from .qt_threads import remember_this_thread
from .writing.style import finish_when_loaded

RESOURCES = Path(__file__).parent.parent / "resources"
# The parameters of a report.
HTML, PDF, REPORT_TABLES = "HTML", "PDF", "REPORT_TABLES"
HELP_URL = "https://github.com/leachwatch/leachwatch#the-algorithms"


class LeachwatchAlgorithm(QgsProcessingAlgorithm):
    """An algorithm that reads parameters, calls ``analysis`` or ``sources``, and writes sinks."""

    ID = ""
    ICON = ""
    NEEDS_PACKAGES = True

    def createInstance(self) -> LeachwatchAlgorithm:
        """Return a new one of this kind; QGIS calls this for each run."""
        return type(self)()

    def name(self) -> str:
        """Return the id, stable for ever."""
        return self.ID

    @abstractmethod
    def displayName(self) -> str:
        """Return the name shown in the toolbox."""

    def icon(self) -> QIcon:
        """Return the icon shown in the toolbox."""
        return QIcon(str(RESOURCES / "icons" / f"{self.ICON}.svg"))

    def shortHelpString(self) -> str:
        """Return the help shown beside the parameters, from ``resources/help``."""
        text = (RESOURCES / "help" / f"{self.ID}.md").read_text(encoding="utf-8")
        if QgsApplication.platform() == "qgis_process":
            return text  # a terminal shows tags as they are
        document = QTextDocument()
        document.setMarkdown(text)
        # Without Qt's style sheet, of which QGIS's help viewer would show the text.
        return document.toHtml().partition("</head>")[2].removesuffix("</html>")

    def helpUrl(self) -> str:
        """Return where the help button leads, when the user presses it."""
        return HELP_URL

    def canExecute(self) -> tuple[bool, str]:
        """Return whether the Python packages are there, and if not, how to get them."""
        message = self._missing()
        return not message, message

    def _missing(self) -> str:
        return packages.problem() if self.NEEDS_PACKAGES else ""

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Return whether the values can be used, and if not, which one to change."""
        message = self.problem(parameters, context)
        return (False, message) if message else super().checkParameterValues(parameters, context)

    def problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the values, or nothing. Asked again at the run: models do not ask before it."""
        return wrong_value(self, parameters, context)

    def left_aside(self, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, str]:
        """Return the parameters whose value these others make meaningless, each with the reason, for the report."""
        return {}

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Run; a message to the user is all that remains of an error, and nothing of a cancelled run."""
        if message := self._missing() or self.problem(parameters, context):
            raise QgsProcessingException(message)
        from ..analysis.progress import Cancelled
        from ..sources.errors import SourceError

        remember_this_thread()
        try:
            return self.compute(parameters, context, feedback)
        except Cancelled:
            feedback.pushInfo(tr("Stopped: nothing more was written."))
            return {}
        except SourceError as error:
            raise QgsProcessingException(str(error)) from error
        except ImportError as error:
            raise QgsProcessingException(packages.broken(error)) from error

    @abstractmethod
    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Do the work and return the outputs."""

    def add(self, parameter: QgsProcessingParameterDefinition, explanation: str) -> None:
        """Add a parameter with the help that is shown when the mouse rests on it."""
        parameter.setHelp(explanation)
        self.addParameter(parameter)

    def add_sink(
        self,
        name: str,
        description: str,
        kind: QgsProcessing.SourceType,
        explanation: str,
        optional: bool = False,
        by_default: bool = True,
    ) -> None:
        """Add an output layer or table; ``by_default``: whether the toolbox offers to make it, where it is optional."""
        self.add(QgsProcessingParameterFeatureSink(name, description, kind, None, optional, by_default), explanation)

    def add_report(self) -> None:
        """Add the report: HTML, PDF, and its tables beside it."""
        html = QgsProcessingParameterFileDestination(HTML, tr("Report"), tr("HTML files (*.html)"), None, True)
        self.add(html, tr("One HTML file: definitions, numbers, charts, a map, tables, doubts, sources, parameters."))
        pdf = QgsProcessingParameterFileDestination(
            PDF, tr("Report as PDF"), tr("PDF files (*.pdf)"), None, True, False
        )
        self.add(pdf, tr("The same as a PDF to print: the tables' first rows and main columns."))
        tables = QgsProcessingParameterBoolean(REPORT_TABLES, tr("Tables of the report beside it"), True, True)
        tables.setFlags(tables.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.add(tables, tr("Whether the report's tables are also written beside it, whole, as CSV and XLSX."))

    def add_numbers(self, **descriptions: str) -> None:
        """Add outputs that models can branch on."""
        for name, description in descriptions.items():
            self.addOutput(QgsProcessingOutputNumber(name, description))

    def add_strings(self, **descriptions: str) -> None:
        """Add text outputs."""
        for name, description in descriptions.items():
            self.addOutput(QgsProcessingOutputString(name, description))

    def style(self, results: dict[str, Any], name: str, style: str, context: QgsProcessingContext) -> None:
        """Give an output its style, where it will be loaded into a project."""
        if name in results:
            finish_when_loaded(results[name], style, context)


def progress_of(feedback: QgsProcessingFeedback, start: float = 0.0, end: float = 1.0) -> Any:
    """Return a progress for ``analysis`` that moves QGIS's bar from start to end, and stops when the user cancels."""
    from ..analysis.progress import Cancelled

    def report(fraction: float) -> None:
        if feedback.isCanceled():
            raise Cancelled
        feedback.setProgress(100 * (start + (end - start) * fraction))

    return report
