#!/usr/bin/env python3
"""The programs that docs/openai.md prints, run as they are printed: openai_page.py BIN WORK (python|node)

Each stands behind a mark that says what runs it. The server is the one that the page starts, with the profile "sandbox"; its port is put in
the place of the page's.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import openai_clients  # noqa: E402

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "openai.md"
PRINTED = "http://127.0.0.1:8080/v1"


def printed(language):
    mark = f"<!-- run: {language} -->"
    after = PAGE.read_text().split(mark, 1)[1]
    block = re.match(r"\n\n((?:    [^\n]*\n|\n)+)", after).group(1)
    code = "\n".join(line[4:] for line in block.splitlines()) + "\n"
    assert PRINTED in code, code
    return code


def main():
    binaries, work, language = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve(), sys.argv[3]
    command, folder = openai_clients.python_client(work) if language == "python" else openai_clients.node_client(work)
    with tempfile.TemporaryDirectory() as data:
        environment = {name: value for name, value in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
        environment.update(SLUICE_DATA_DIR=data, PATH=f"{binaries}{os.pathsep}{os.environ['PATH']}")
        server = subprocess.Popen([binaries / "sluicectl", "serve", "openai", "--profile", "sandbox", "--json"], env=environment, stdout=subprocess.PIPE, text=True)
        try:
            ready = json.loads(server.stdout.readline())
            script = (folder or pathlib.Path(data)) / ("page.mjs" if language == "node" else "page.py")
            script.write_text(printed(language).replace(PRINTED, ready["base_url"]))
            done = subprocess.run([command[0], script], env=environment, capture_output=True, text=True, timeout=120, cwd=folder)
            assert done.returncode == 0, done.stderr[-2000:]
            assert len(done.stdout) > 100, done.stdout
            print(f"{language}: {len(done.stdout)} characters of an answer, as printed")
        finally:
            server.terminate()
            server.wait(30)


if __name__ == "__main__":
    main()
