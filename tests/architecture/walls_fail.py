#!/usr/bin/env python3
"""Each rule of walls.py fails when somebody breaks it: walls_fail.py ROOT. Breaks it in a copy, one rule at a time."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

root = pathlib.Path(sys.argv[1])

# What is broken (rule), in which file, what is put there in front, and what the rule says about it.
INCLUDED = [
    ("a layer includes upwards", "core/base/error.cpp", "sluice/gateway/gateway.h", "core/base may not include"),
    ("a protocol includes another one's header", "core/byoc/client.cpp", "sluice/lv2v/wire.h", "a protocol may not know another one's wire format"),
    ("core includes a window", "core/media/frame.cpp", "QtWidgets/QLabel", "core knows no window"),
    ("ui includes a wire header", "ui/chat/chat_pane.cpp", "sluice/byoc/wire.h", "ui knows no wire format"),
    ("ui includes the store", "ui/chat/chat_pane.cpp", "sluice/store/run_history.h", "ui knows no wire format"),
    ("a private header leaves its room", "core/gateway/gateway.cpp", "sluice/backend/worker_p.h", "is private to its room"),
    ("a service is named outside of the registry", "app/sluice/main.cpp", "sluice/sandbox/services/openai_service.h", "a service is reached through sandbox_services.h"),
    ("a signer includes its client", "core/signer/server.cpp", "sluice/livepeer/remote_signer.h", "the signer's server may not include its client"),
]
# A client that includes its server, and the other way round, in every protocol.
SIDES = [
    ("byoc", "client.cpp", "orchestrator.h", "orchestrator.cpp", "client.h"),
    ("lv2v", "job_client.cpp", "orchestrator.h", "orchestrator.cpp", "job_client.h"),
    ("liverunner", "client.cpp", "orchestrator.h", "orchestrator.cpp", "client.h"),
    ("openai", "client.cpp", "server.h", "server.cpp", "client.h"),
    ("aigateway", "client.cpp", "server.h", "server.cpp", "client.h"),
    ("llmworker", "client.cpp", "server.h", "server.cpp", "client.h"),
    ("trickle", "subscriber.cpp", "server.h", "server.cpp", "publisher.h"),
    ("zerog", "user_client.cpp", "user_agent.h", "provider_agent.cpp", "user_client.h"),
    ("zerog", "user_agent.cpp", "provider_agent.h", "provider_agent.cpp", "user_agent.h"),
]
# Lines of code, put at the end.
WRITTEN = [
    ("a source passes 600 lines", "core/base/error.cpp", "// a line\n" * 601, "split it along its seam"),
    ("money is a double", "core/payments/ticket.cpp", "double price;\n", "no floating point near money"),
    ("a loop awaits behind &&", "core/gateway/gateway.cpp", "while (a && co_await b()) { }\n", "a loop's condition may not await"),
    ("QFuture::then()", "core/gateway/gateway.cpp", "f.then(QtFuture::Launch::Sync, g);\n", "QFuture::then() is unsafe"),
    ("a member is returned away", "core/gateway/gateway.cpp", "co_return m_parts;\n", "co_return would take the member away"),
]


def copied(folder):
    for part in ("core", "ui", "app"):
        shutil.copytree(root / part, folder / part, ignore=lambda where, names: [
            name for name in names if not (pathlib.Path(where) / name).is_dir() and not name.endswith((".h", ".cpp", "CMakeLists.txt"))])
    (folder / "docs").mkdir()
    shutil.copy(root / "docs/CONTRIBUTING.md", folder / "docs")


def complaints(folder):
    done = subprocess.run([sys.executable, str(root / "tests/architecture/walls.py"), str(folder)], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def breakages():
    """(rule, file, its broken text, complaint)"""
    def include(name, text):
        return f"#include <{name}>\n" + text

    for rule, file, header, complaint in INCLUDED:
        yield rule, file, lambda text, header=header: include(header, text), complaint
    for room, client, server_header, server, client_header in SIDES:
        yield f"{room}: a client includes a server", f"core/{room}/{client}", lambda text, h=f"sluice/{room}/{server_header}": include(h, text), "a client may not include its server"
        yield f"{room}: a server includes a client", f"core/{room}/{server}", lambda text, h=f"sluice/{room}/{client_header}": include(h, text), "a server may not include its client"
    for rule, file, code, complaint in WRITTEN:
        yield rule, file, lambda text, code=code: text + code, complaint
    yield ("the table differs from CMake", "docs/CONTRIBUTING.md", lambda text: text.replace("| `core/net` |", "| `core/network` |", 1), "says CMake; the table says")
    yield ("CMake differs from the table", "core/net/CMakeLists.txt", lambda text: text.replace("Sluice::base", "Sluice::base Sluice::crypto", 1), "says CMake; the table says")


with tempfile.TemporaryDirectory() as temporary:
    folder = pathlib.Path(temporary)
    copied(folder)
    code, said = complaints(folder)
    if code != 0:
        sys.exit(f"the house itself breaks a rule:\n{said}")
    failed = 0
    for rule, file, broken, complaint in breakages():
        path = folder / file
        whole = path.read_text()
        path.write_text(broken(whole))
        code, said = complaints(folder)
        path.write_text(whole)
        seen = code != 0 and any(complaint in line and pathlib.Path(file).name in line or complaint in line and file.endswith((".md", ".txt")) for line in said.splitlines())
        print(f"{'seen' if seen else 'NOT SEEN'}: {rule} ({file})")
        failed += not seen
    sys.exit(1 if failed else 0)
