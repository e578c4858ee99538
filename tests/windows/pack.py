#!/usr/bin/env python3
"""Packs a folder so that the same files always give the same archive.

    pack.py FOLDER ARCHIVE.zip SECONDS     the time that every file is said to be of
"""

import sys
import time
import zipfile
from pathlib import Path


def main():
    folder, archive, seconds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    date = max(time.gmtime(seconds)[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # As written by MS-DOS: no rights of another system.
            entry.create_system = 0
            out.writestr(entry, file.read_bytes())


main()
