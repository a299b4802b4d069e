"""Real servers on 127.0.0.1 for the tests: one that misbehaves on request, a proxy, and PostgreSQL with PostGIS."""

from .hostile import Asked, Route, Server, serving
from .postgis import NoPostgis, Postgis, serving_postgis
from .proxy import Proxy, proxying

__all__ = ["Asked", "NoPostgis", "Postgis", "Proxy", "Route", "Server", "proxying", "serving", "serving_postgis"]
