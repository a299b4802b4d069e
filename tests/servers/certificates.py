"""A certificate authority of the tests' own, made with the openssl command."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Authority:
    """An authority that nobody knows, and what it has signed for servers on this machine."""

    folder: Path

    @property
    def pem(self) -> str:
        return (self.folder / "ca.pem").read_text()

    def server(self, name: str = "localhost") -> ssl.SSLContext:
        """Return what a server needs to answer under a name."""
        key, request, signed = (self.folder / f"{name}.{end}" for end in ("key", "csr", "pem"))
        extensions = self.folder / f"{name}.ext"
        extensions.write_text(f"subjectAltName=DNS:{name}\nextendedKeyUsage=serverAuth\n")
        _openssl("req", "-new", *_KEY, "-keyout", key, "-out", request, "-subj", f"/CN={name}")
        ca = ("-CA", self.folder / "ca.pem", "-CAkey", self.folder / "ca.key", "-CAcreateserial")
        _openssl("x509", "-req", "-in", request, *ca, "-days", "2", "-extfile", extensions, "-out", signed)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(signed, key)
        return context


_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


def authority(folder: Path) -> Authority:
    """Make an authority; skip the test where there is no openssl command."""
    if not shutil.which("openssl"):
        pytest.skip("The openssl command, which makes the certificates, is not installed.")
    made = ("-keyout", folder / "ca.key", "-out", folder / "ca.pem", "-days", "2", "-subj", "/CN=Tests of Leachwatch")
    _openssl("req", "-x509", *_KEY, *made, "-addext", "keyUsage=critical,keyCertSign")
    return Authority(folder)


def _openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
