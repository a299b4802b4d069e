"""Lists of numbers as text, such as ``25, 50, 100``: read, and said to be wrong where they cannot be read."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterString

from ...translation import tr
from ..base import LeachwatchAlgorithm
from .checks import is_empty

MOST_NUMBERS = 50


@dataclass(frozen=True)
class NumberList:
    """A parameter that takes numbers parted by commas, semicolons or spaces."""

    name: str
    description: str
    default: str
    lowest: float
    highest: float
    whole: bool = False
    optional: bool = False

    def add_to(self, algorithm: LeachwatchAlgorithm, explanation: str) -> None:
        """Add the parameter."""
        parameter = QgsProcessingParameterString(self.name, self.description, self.default, False, self.optional)
        algorithm.add(parameter, explanation)

    def chosen(
        self, algorithm: LeachwatchAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> list[float]:
        """Return the numbers, each once, rising. Raises ValueError, with words for the user."""
        text = algorithm.parameterAsString(parameters, self.name, context)
        words = [word for word in re.split(r"[\s,;，；、]+", text) if word]
        numbers = sorted({self._number(word) for word in words})
        if not numbers and not self.optional:
            raise ValueError(self._say(tr("is empty. Give one number or more as text, such as {example}.")))
        if len(numbers) > MOST_NUMBERS:
            most = tr("holds {n} numbers. Give {most} at the most.")
            raise ValueError(self._say(most, n=len(numbers), most=MOST_NUMBERS))
        return numbers

    def wrong(self, algorithm: LeachwatchAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the list, or nothing."""
        if self.optional and is_empty(parameters.get(self.name, self.default)):
            return ""
        try:
            self.chosen(algorithm, parameters, context)
        except ValueError as error:
            return str(error)
        return ""

    def _number(self, word: str) -> float:
        try:
            number = float(word)
        except ValueError:
            number = math.nan
        if not self.lowest <= number <= self.highest or (self.whole and not number.is_integer()):
            kind = tr("a whole number") if self.whole else tr("a number")
            text = tr("holds “{word}”. Each must be {kind} from {low} to {high}, parted by commas: {example}.")
            limits = {"low": f"{self.lowest:.12g}", "high": f"{self.highest:.12g}"}
            raise ValueError(self._say(text, word=word, kind=kind, **limits))
        return int(number) if self.whole else number

    def _say(self, text: str, **values: object) -> str:
        return f"{self.description} ({self.name}) {text.format(example=self.default, **values)}"
