#!/usr/bin/env python3
"""Prints the licences of every crate that is linked into the DLL or the simulator for Windows.

    licences.py TARGET

Crates that only run while building (build scripts, procedural macros) are not in there and not listed.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOTS = ("comgate-terminal", "comgate-simulator")
NAMES = ("LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE")


def metadata(target):
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def is_macro(package):
    return any("proc-macro" in target["kind"] for target in package["targets"])


def linked(facts):
    """The packages that are reached from the roots by dependencies of the finished program."""
    packages = {package["id"]: package for package in facts["packages"]}
    nodes = {node["id"]: node for node in facts["resolve"]["nodes"]}
    open_ids = [package["id"] for package in packages.values() if package["name"] in ROOTS]
    found = set()
    while open_ids:
        package_id = open_ids.pop()
        if package_id in found or is_macro(packages[package_id]):
            continue
        found.add(package_id)
        for dependency in nodes[package_id]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                open_ids.append(dependency["pkg"])
    crates = [packages[package_id] for package_id in found if packages[package_id]["name"] not in ROOTS]
    return sorted(crates, key=lambda crate: (crate["name"], crate["version"]))


def texts(crate):
    """The files of a crate that speak of its licence, as texts."""
    folder = Path(crate["manifest_path"]).parent
    files = sorted(file for file in folder.iterdir() if file.is_file() and file.name.upper().startswith(NAMES))
    if not files:
        sys.exit(f"{crate['name']} {crate['version']} has no file with its licence; add it by hand")
    return [file.read_text(encoding="utf-8").strip() for file in files]


def main():
    crates = linked(metadata(sys.argv[1]))
    print("The crates that comgate_terminal.dll and comgate-simulator.exe are made of, and their licences.\n")
    crates_by_text = {}
    for crate in crates:
        title = f"{crate['name']} {crate['version']}"
        print(f"{title}: {crate['license']}; {crate['repository'] or crate['homepage'] or ''}")
        for text in texts(crate):
            crates_by_text.setdefault(text, []).append(title)
    for text, titles in crates_by_text.items():
        print(f"\n{'=' * 100}\n{', '.join(titles)}\n{'=' * 100}\n\n{text}")


main()
