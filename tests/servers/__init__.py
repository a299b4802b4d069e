"""Real servers on 127.0.0.1 for the tests: one that misbehaves on request, and a proxy."""

from .hostile import Asked, Route, Server, serving
from .proxy import Proxy, proxying

__all__ = ["Asked", "Proxy", "Route", "Server", "proxying", "serving"]
