#!/usr/bin/env python3
"""The window loads no library that only the sandbox's filters need: window_libraries.py SLUICE

libavfilter brings 30 libraries more, speech synthesis among them: 7 MB of an idle window's memory.
"""
import subprocess
import sys

NOT_FOR_THE_WINDOW = ("libavfilter", "libavdevice", "libopencv")

dynamic = subprocess.run(["readelf", "--dynamic", sys.argv[1]], check=True, capture_output=True, text=True).stdout
needed = [line.split("[")[1].rstrip("]") for line in dynamic.splitlines() if "(NEEDED)" in line]
if not any(name.startswith("libavcodec") for name in needed):
    sys.exit(f"{sys.argv[1]} does not name its libraries as expected: {needed}")
found = [name for name in needed if name.startswith(NOT_FOR_THE_WINDOW)]
if found:
    sys.exit(f"{sys.argv[1]} is linked with {', '.join(found)}; core/media/filter_graph.cpp is for the sandbox and its runners")
