"""The words of sources for a tank's status, each as ``values.phrase`` writes it."""

from __future__ import annotations

from ...analysis.fields import ABANDONED, ACTIVE

ABSENT = "absent"

_ACTIVE = (
    "active|assumed active|probably active|likely active|blue|active blue|blue active|operating|operational|"
    "in operation|in use|working|producing|使用中|在用|蓝色"
)
_ABANDONED = (
    "abandoned|assumed abandoned|probably abandoned|likely abandoned|brown|abandoned brown|brown abandoned|inactive|"
    "assumed inactive|probably inactive|likely inactive|not active|disused|closed|not in use|out of use|"
    "no longer active|no longer in use|废弃|已废弃|停用|棕色|褐色"
)
_ABSENT = "absent|not present|not visible|not seen|not built|not yet built|gone|removed|no tank"
STATUS_WORDS = {
    **dict.fromkeys(_ACTIVE.split("|"), ACTIVE),
    **dict.fromkeys(_ABANDONED.split("|"), ABANDONED),
    **dict.fromkeys(_ABSENT.split("|"), ABSENT),
}
