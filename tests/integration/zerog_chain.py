#!/usr/bin/env python3
"""0G's contracts on a real EVM: zerog_chain.py WORK TEST [ARGUMENT…]

Installs a development chain of the npm registry into WORK, in the version that tests/peers/zerog/package.json names, and runs TEST
with it: tst_zerog_chain, tst_zerog_network, or a script. Without a network, Node or npm it is skipped.
"""
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "openai"))
import packages  # noqa: E402

PEER = pathlib.Path(__file__).resolve().parent.parent / "peers" / "zerog"


def main(work, *test):
    home = pathlib.Path(work).resolve()
    home.mkdir(parents=True, exist_ok=True)
    package = "ganache@" + json.loads((PEER / "package.json").read_text())["dependencies"]["ganache"]
    packages.installed(["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(home), package], home / package, cwd=home)
    environment = dict(os.environ, SLUICE_CHAIN_MODULES=str(home / "node_modules"))
    sys.exit(subprocess.run(test, env=environment).returncode)


main(*sys.argv[1:])
