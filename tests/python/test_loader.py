"""When the library cannot be loaded, the error says all there is to know."""

import os
import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Tuple

from comgate_terminal import _loader


class Loader(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="comgate-loader-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def load(self, library: "str | Path") -> Tuple[int, str]:
        """Loads in a process of its own, from a folder where a library of that name must not be picked up."""
        program = (
            "import comgate_terminal as c\n"
            "try: print(c.library_version())\n"
            "except c.LoadError as error: print(error); raise SystemExit(1)"
        )
        child = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, _loader.VARIABLE: str(library)},
            cwd=self.folder,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        return child.returncode, child.stdout

    def refused(self, library: "str | Path", *words: str) -> None:
        code, text = self.load(library)
        self.assertEqual(code, 1, text)
        bits = struct.calcsize("P") * 8
        for word in (f"{bits}-bit Python", str(library), _loader.VARIABLE, str(_loader.PACKED), "remedy", *words):
            self.assertIn(word, text)

    def compiled(self, source: str, *options: str) -> Path:
        path = self.folder / "libother.so"
        subprocess.run(
            ["gcc", "-shared", "-fPIC", *options, "-x", "c", "-", "-o", str(path)], input=source, text=True, check=True
        )
        return path

    def test_api_library_inside_the_package_is_used(self) -> None:
        self.assertEqual(self.load("")[0], 0)

    def test_api_library_named_by_the_environment_is_used(self) -> None:
        copy = self.folder / "library.so"
        copy.write_bytes(_loader.PACKED.read_bytes())
        self.assertEqual(self.load(copy)[0], 0)

    def test_api_missing_library_is_told_with_every_path(self) -> None:
        self.refused(self.folder / "nowhere.so", "the file does not exist", "not tried", "decides")

    def test_api_relative_path_is_refused_although_the_file_is_there(self) -> None:
        (self.folder / "library.so").write_bytes(_loader.PACKED.read_bytes())
        self.refused("library.so", "not absolute")

    def test_api_file_that_is_no_library_is_told_with_the_systems_words(self) -> None:
        path = self.folder / "text.so"
        path.write_text("not a library\n" * 100, encoding="utf-8")
        self.refused(path, "the file exists (no shared library)", "invalid ELF header")

    def test_api_library_of_the_wrong_bitness_is_told_as_such(self) -> None:
        path = self.folder / "other.so"
        image = bytearray(_loader.PACKED.read_bytes())
        image[4] = 1  # ELFCLASS32
        path.write_bytes(image)
        self.refused(path, "the file exists (32-bit)", "wrong ELF class")

    def test_api_library_with_another_abi_is_told_with_both_numbers(self) -> None:
        path = self.compiled("int cgt_abi_version(void) { return 77; }")
        self.refused(path, "speaks ABI 77; ABI 1 is wanted")

    def test_api_another_library_is_recognised(self) -> None:
        self.refused(self.compiled("int other(void) { return 1; }"), "it has no cgt_abi_version")

    def test_api_library_without_all_functions_is_told_with_their_names(self) -> None:
        path = self.compiled("int cgt_abi_version(void) { return 1; }")
        self.refused(path, "has no cgt_version_text, ", "cgt_outcome_free")

    def test_api_windows_libraries_are_told_apart_by_their_bits(self) -> None:
        for machine, bits in ((0x014C, 32), (0x8664, 64)):
            path = self.folder / "comgate_terminal.dll"
            head = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64) + b"PE\0\0" + struct.pack("<H", machine)
            path.write_bytes(head)
            self.assertEqual(_loader._bits(path), bits)
