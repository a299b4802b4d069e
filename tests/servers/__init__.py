"""Real servers on 127.0.0.1 for the tests: one that misbehaves on request, a proxy, and PostgreSQL with PostGIS."""

from .hostile import Asked, Route, Server, serving
from .postgis import Postgis, missing_postgis, serving_postgis
from .proxy import Proxy, proxying

__all__ = ["Asked", "Postgis", "Proxy", "Route", "Server", "missing_postgis", "proxying", "serving", "serving_postgis"]
