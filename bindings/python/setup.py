"""Builds the Rust library, or takes one that is given, and packs it into the package. Metadata is in pyproject.toml."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NoReturn, Tuple

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist
from setuptools.dist import Distribution

#: The crate this package belongs to.
CRATE = Path(__file__).resolve().parents[2]
#: Names a library that is already built, for whoever builds elsewhere.
VARIABLE = "COMGATE_TERMINAL_LIBRARY_TO_PACK"
#: The names under which the package looks for it.
NAMES = ("comgate_terminal.dll", "libcomgate_terminal.so", "libcomgate_terminal.dylib")


def stop(sentence: str) -> NoReturn:
    raise SystemExit(f"comgate-terminal: {sentence}")


def version() -> str:
    """Cargo.toml is the one place where the version stands."""
    try:
        manifest = (CRATE / "Cargo.toml").read_text(encoding="utf-8")
    except OSError:
        manifest = ""
    found = re.search(r'\A\[package\]\nname = "comgate-terminal"\nversion = "([^"]+)"', manifest)
    if found is None:
        stop(f"{CRATE} is not the comgate-terminal crate; build this package inside a checkout of the whole repository")
    return found.group(1)


def library() -> Path:
    given = os.environ.get(VARIABLE)
    if given is None:
        return built_library()
    path = Path(given)
    if not path.is_absolute() or not path.is_file() or path.name not in NAMES:
        stop(f"{VARIABLE} is {given}; it must be the absolute path of a file called one of {', '.join(NAMES)}")
    return path


def built_library() -> Path:
    """Builds with the caller's own cargo settings, and asks cargo where the library went."""
    command = ["cargo", "build", "--release", "--lib", "--locked", "--message-format=json-render-diagnostics"]
    try:
        cargo = subprocess.run(command, cwd=CRATE, stdout=subprocess.PIPE, check=False)
    except FileNotFoundError:
        stop(f"cargo was not found; install Rust, or name a library that is already built in {VARIABLE}")
    if cargo.returncode != 0:
        stop("cargo could not build the library; its own words are above")
    for message in map(json.loads, cargo.stdout.splitlines()):
        if message["reason"] == "compiler-artifact" and message["target"]["name"] == "comgate_terminal":
            for path in map(Path, message["filenames"]):
                if path.name in NAMES:
                    return path
    stop("cargo built no shared library")


class BuildWithLibrary(build_py):
    def run(self) -> None:
        super().run()
        # An editable install shows the sources, and those hold no library.
        if not self.editable_mode:
            folder = Path(self.build_lib, "comgate_terminal", "_lib")
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy2(library(), folder)


class WheelForAnyPython(bdist_wheel):
    def get_tag(self) -> Tuple[str, str, str]:
        """ctypes needs a platform, but no particular Python."""
        return "py3", "none", super().get_tag()[2]


class NoSourceDistribution(sdist):
    def run(self) -> None:
        stop("there is no source distribution, because the Rust library is not part of this folder; build a wheel")


class PlatformDistribution(Distribution):
    def has_ext_modules(self) -> bool:
        return True


# Everything setuptools writes on the way goes here, so that nothing is left between the sources.
scratch = tempfile.TemporaryDirectory(prefix="comgate-terminal-build-")

setup(
    version=version(),
    distclass=PlatformDistribution,
    cmdclass={"build_py": BuildWithLibrary, "bdist_wheel": WheelForAnyPython, "sdist": NoSourceDistribution},
    options={"build": {"build_base": scratch.name}, "egg_info": {"egg_base": scratch.name}},
)
