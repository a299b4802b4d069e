"""The style that new tank layers get: the choices of the dock, kept in the user's profile as a .qml.

The algorithms give it to the tanks that they load; the dock begins with its choices, which the file holds beside it.
"""

from __future__ import annotations

from qgis.PyQt.QtXml import QDomDocument

from ....settings import tank_style_path
from ....translation import tr
from ..dressing import dress
from ..options import StyleOptions
from ..scene import standard_columns, standard_layer
from .saving import StyleFileError, qml, write_aside

_ATTRIBUTE = "leachwatch"


def remember(options: StyleOptions) -> None:
    """Keep these choices for new tank layers. Raises StyleFileError."""
    layer = standard_layer("tanks", "EPSG:4326")
    dress(options, standard_columns()).put_on(layer)
    document = qml(layer)
    document.documentElement().setAttribute(_ATTRIBUTE, options.as_json())
    write_aside(tank_style_path(), document.toString(1))


def recall() -> StyleOptions | None:
    """Return the choices that are kept; None where none are, or they cannot be read."""
    document = QDomDocument()
    try:
        document.setContent(tank_style_path().read_text(encoding="utf-8"))
        return StyleOptions.from_json(document.documentElement().attribute(_ATTRIBUTE))
    except (OSError, ValueError):
        return None


def is_kept() -> bool:
    """Return whether new tank layers get a style of the user's."""
    return tank_style_path().exists()


def forget() -> None:
    """Let new tank layers have the plugin's own style again. Raises StyleFileError."""
    try:
        tank_style_path().unlink(missing_ok=True)
    except OSError as error:
        text = tr("{file} could not be removed: {why}.")
        raise StyleFileError(text.format(file=tank_style_path(), why=error.strerror or error)) from None
