"""The package itself: its modules, its types, what pip builds."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from typing import Iterator, List, Set

from comgate_terminal import _loader, library_version

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "bindings" / "python"
EXAMPLES = ROOT / "examples" / "python"


def run(*command: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *map(str, command)],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )


class Modules(unittest.TestCase):
    def test_build_no_module_imports_itself_by_way_of_others(self) -> None:
        left = {path.stem: set(imports(path)) for path in (SOURCES / "comgate_terminal").glob("*.py")}
        self.assertIn("_abi", left["terminal"], "imports are found")
        # Those that import nothing of the rest are taken away, again and again. What stays is a circle, or stands on one.
        while True:
            done = [name for name, wanted in left.items() if not wanted & set(left)]
            if not done:
                break
            for name in done:
                del left[name]
        self.assertEqual(left, {})


def imports(path: Path) -> Set[str]:
    """Modules of the package that this one imports, also within functions, but not for its types alone."""
    found: Set[str] = set()
    for node in running_parts(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            found |= {node.module} if node.module else {name.name for name in node.names}
    return found


def running_parts(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    types_only = isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    if not types_only:
        for child in ast.iter_child_nodes(node):
            yield from running_parts(child)


class Types(unittest.TestCase):
    def test_build_mypy_finds_nothing_in_package_examples_and_tests(self) -> None:
        for paths in ([SOURCES / "comgate_terminal", EXAMPLES], [ROOT / "tests" / "python"]):
            with tempfile.TemporaryDirectory(prefix="comgate-mypy-") as cache:
                checked = run("-m", "mypy", "--strict", "--python-version=3.8", f"--cache-dir={cache}", *paths)
            self.assertEqual(checked.returncode, 0, checked.stdout)


class Package(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="comgate-wheel-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def wheel(self, sources: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
        return run("-m", "pip", "wheel", "--no-deps", "-w", self.folder, sources, **environment)

    def test_build_wheel_packs_the_given_library_for_any_python_3(self) -> None:
        built = self.wheel(SOURCES, COMGATE_TERMINAL_LIBRARY_TO_PACK=str(_loader.PACKED))
        self.assertEqual(built.returncode, 0, built.stdout)
        (wheel,) = self.folder.glob("*.whl")
        self.assertRegex(wheel.name, rf"^comgate_terminal-{re.escape(library_version())}-py3-none-\w+\.whl$")
        with zipfile.ZipFile(wheel) as archive:
            self.assertEqual(archive.read(f"comgate_terminal/_lib/{_loader.PACKED.name}"), _loader.PACKED.read_bytes())
            self.assertIn("comgate_terminal/py.typed", archive.namelist())
        self.assertEqual(strays(SOURCES), [], "nothing is left between the sources")

    def test_build_without_cargo_says_so(self) -> None:
        built = self.wheel(SOURCES, PATH="/nonexistent")
        self.assertNotEqual(built.returncode, 0)
        self.assertIn("cargo was not found; install Rust", built.stdout)

    def test_build_with_a_library_that_is_not_there_says_so(self) -> None:
        built = self.wheel(SOURCES, COMGATE_TERMINAL_LIBRARY_TO_PACK="/nonexistent")
        self.assertNotEqual(built.returncode, 0)
        self.assertIn("COMGATE_TERMINAL_LIBRARY_TO_PACK is /nonexistent", built.stdout)

    def test_build_outside_the_repository_says_so(self) -> None:
        alone = self.folder / "somewhere" / "bindings" / "python"
        shutil.copytree(SOURCES, alone)
        built = self.wheel(alone)
        self.assertNotEqual(built.returncode, 0)
        self.assertIn("is not the comgate-terminal crate", built.stdout)


def strays(folder: Path) -> List[Path]:
    return [path for path in folder.rglob("*") if path.name == "build" or path.suffix in (".egg-info", ".so", ".dll")]
