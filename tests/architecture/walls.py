#!/usr/bin/env python3
"""The walls that a build cannot check by itself (docs/DESIGN.md 2): who includes whom, and what stays out of where.

Every rule is a function that yields "file:line: what is wrong"; the script fails when any of them yields anything.
"""
import functools
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]')

# Each speaks one wire format, which no other may know.
PROTOCOLS = {"byoc", "lv2v", "liverunner", "openai", "aigateway", "llmworker", "zerog"}
# A gateway's /llm is a chat in a dialect that core/openai turns into OpenAI's, as functions on values.
MAY_KNOW = {"aigateway": {"openai"}}


def rooms_in_cmake():
    """By room: the rooms whose headers its targets see, as the CMake files link them."""
    links = {}
    for path in sorted((root / "core").glob("**/CMakeLists.txt")):
        text = re.sub(r"#.*", "", path.read_text())
        for call in re.finditer(r"(sluice_room|target_link_libraries)\(\s*(\w+)(.*?)\)", text, re.S):
            name = call.group(2).removeprefix("sluice_")
            kinds = links.setdefault(name, {"PUBLIC": set(), "PRIVATE": set()})
            kind = None
            for word in call.group(3).split():
                if word in {"SOURCES", "PUBLIC", "PRIVATE"}:
                    kind = word
                elif kind in kinds and word.startswith("Sluice::"):
                    kinds[kind].add(word.removeprefix("Sluice::"))

    def passed_on(room):
        own = links.get(room, {"PUBLIC": set()})["PUBLIC"]
        return own | {further for one in own for further in passed_on(one)}

    seen = {room: {further for one in kinds["PUBLIC"] | kinds["PRIVATE"] for further in {one} | passed_on(one)}
            for room, kinds in links.items()}
    return {room: others for room, others in seen.items() if (root / "core" / room).is_dir()}


# What each room of core may include, besides itself. UI rooms may include every room named in UI_MAY_SEE and each other.
CORE_MAY_SEE = rooms_in_cmake()
UI_MAY_SEE = {"gateway", "endpoint", "backend", "pictures", "programs", "snippets", "payments", "media", "base", "crypto"} # never the store: core/gateway/history.h


@functools.cache
def sources_in(folder):
    return [path for path in sorted((root / folder).rglob("*")) if path.suffix in {".h", ".cpp"}]


def sources(*folders):
    return (path for folder in folders for path in sources_in(folder))


@functools.cache
def text_of(path):
    return path.read_text()


@functools.cache
def includes(path):
    text = text_of(path)
    found = [(number, INCLUDE.match(line)) for number, line in enumerate(text.splitlines(), 1) if "#" in line] if "#" in text else []
    return [(number, match.group(1)) for number, match in found if match]


def room_of(include):
    match = re.match(r"sluice/([a-z0-9_]+)/", include)
    return match.group(1) if match else None


def core_includes_only_downwards():
    for path in sources("core"):
        room = path.relative_to(root / "core").parts[0]
        for number, include in includes(path):
            other = room_of(include)
            if other and other != room and other not in CORE_MAY_SEE[room]:
                yield f"{path}:{number}: core/{room} may not include {include}"


def protocols_do_not_meet():
    for room in PROTOCOLS:
        others = PROTOCOLS - {room} - MAY_KNOW.get(room, set())
        for other in CORE_MAY_SEE[room] & others:
            yield f"core/{room}/CMakeLists.txt: a protocol may not know another one's wire format, but sees core/{other}"
        for path in sources(f"core/{room}"):
            for number, include in includes(path):
                if room_of(include) in others:
                    yield f"{path}:{number}: a protocol may not know another one's wire format, but includes {include}"


def table_in_contributing_is_true():
    """The map of docs/CONTRIBUTING.md names, for each room of core, what CMake shows it."""
    page = root / "docs/CONTRIBUTING.md"
    told = {}
    for row in re.finditer(r"^\| `core/(\w+)` \|.*\| ([^|]*) \|$", page.read_text(), re.M):
        told[row.group(1)] = set(re.findall(r"[a-z]\w+", row.group(2)))
    for room, others in CORE_MAY_SEE.items():
        if told.get(room) != others:
            yield f"{page}: core/{room} may include {' '.join(sorted(others)) or '–'}, says CMake; the table says {' '.join(sorted(told.get(room, set()))) or 'nothing'}"
    for room in told.keys() - CORE_MAY_SEE.keys():
        yield f"{page}: there is no core/{room}"


def core_knows_no_window():
    banned = re.compile(r"^Q(t(Widgets|Gui)/|Widget|Dialog|MessageBox|Label|Application$|Image|Pixmap|Gui)")
    for path in sources("core"):
        for number, include in includes(path):
            if banned.match(include):
                yield f"{path}:{number}: core knows no window, but includes {include}"


def ui_knows_no_wire():
    core_rooms = set(CORE_MAY_SEE)
    for path in sources("ui"):
        for number, include in includes(path):
            other = room_of(include)
            if other in core_rooms and other not in UI_MAY_SEE:
                yield f"{path}:{number}: ui knows no wire format, but includes {include}"


def private_headers_stay_at_home():
    for path in sources("core", "ui", "app"):
        home = path.parent
        for number, include in includes(path):
            if include.endswith("_p.h") and room_of(include):
                target = room_of(include)
                if target not in home.parts:
                    yield f"{path}:{number}: {include} is private to its room"


def services_are_reached_through_their_registry():
    """Only the registry and other services include a sandbox service, so that adding one changes no other file."""
    for path in sources("core", "app", "ui"):
        for number, include in includes(path):
            at_home = "services" in path.parts or path.name == "sandbox_services.cpp"
            if include.startswith("sluice/sandbox/services/") and not at_home:
                yield f"{path}:{number}: a service is reached through sandbox_services.h"


# By protocol: pairs of sides, each the files' names as they begin. The two share wire types and nothing else.
SIDES = {
    "byoc": [(("client", "stream_client", "stream_funding", "submission", "answer_", "event_rules", "backend", "listing"), ("orchestrator",))],
    "lv2v": [(("job_client", "backend"), ("orchestrator", "rpc_server"))],
    "liverunner": [(("client", "backend", "session_"), ("orchestrator",))],
    "openai": [(("client", "backend", "local_servers"), ("server",))],
    "aigateway": [(("client", "backend", "sent_call", "answer", "listing"), ("server", "work_desk", "media_store", "intake"))],
    "llmworker": [(("client", "backend"), ("server", "connection", "job_desk", "provider", "chat_provider"))],
    "trickle": [(("publisher", "subscriber", "connection_pool"), ("server", "local", "channel"))],
    "zerog": [(("backend", "agent_client", "user_client", "provider_client"), ("user_agent", "user_proxy", "user_store", "user_accounts", "provider_agent", "provider_proxy",
                  "provider_services", "provider_settlement", "provider_store", "agent_core", "agent_http", "agent_relay", "agent_ledger", "agent_journal")),
              (("user_agent", "user_proxy", "user_store", "user_accounts"), ("provider_agent", "provider_proxy", "provider_services", "provider_settlement", "provider_store"))],
}


# The signer's server and its client share wire types, which are core/livepeer's, and nothing else.
SIGNER_MAY_KNOW = {"orchestrator_info.h", "messages.h", "signer_wire.h", "go_json.h"}


def a_signer_knows_no_client():
    for path in sources("core/signer"):
        for number, include in includes(path):
            folder, _, name = include.rpartition("/")
            if folder == "sluice/livepeer" and name not in SIGNER_MAY_KNOW:
                yield f"{path}:{number}: the signer's server may not include its client"


def client_and_server_do_not_meet():
    for room, pairs in SIDES.items():
        for path in sources(f"core/{room}"):
            for number, include in includes(path):
                folder, _, name = include.rpartition("/")
                if folder not in {"", f"sluice/{room}"}:
                    continue
                for client, server in pairs:
                    if path.name.startswith(client) and name.startswith(server):
                        yield f"{path}:{number}: a client may not include its server"
                    if path.name.startswith(server) and name.startswith(client):
                        yield f"{path}:{number}: a server may not include its client"


def sources_stay_short():
    for path in sources("core", "ui", "app"):
        lines = len(text_of(path).splitlines())
        if lines > 600:
            yield f"{path}: {lines} lines; split it along its seam (600 at most)"


def money_is_never_floating():
    for path in sources("core/payments", "core/crypto"):
        for number, line in enumerate(text_of(path).splitlines(), 1):
            code = line.split("//")[0]
            if re.search(r"\b(float|double)\b", code) and "byocTicketCountAsGo" not in code and "allow-double" not in line:
                yield f"{path}:{number}: no floating point near money: {line.strip()}"


def loops_await_alone():
    """g++ 12 evaluates the right side of && and || in the condition of a loop before the left one when it awaits: the loop runs once too often."""
    for path in sources("core", "ui", "app", "tests"):
        text = text_of(path)
        for match in re.finditer(r"\b(?:while|for)\s*\(", text):
            end, depth = match.end(), 1
            while depth and end < len(text):
                depth += {"(": 1, ")": -1}.get(text[end], 0)
                end += 1
            if any(re.search(r"(&&|\|\|)[^;]*\bco_await\b", part) for part in text[match.end():end].split(";")):
                yield f"{path}:{text.count(chr(10), 0, match.start()) + 1}: a loop's condition may not await behind && or ||"


def futures_are_followed():
    """Qt 6.4 runs a continuation twice when its future ends on another thread while it is being attached: use follow(), or a callback."""
    for path in sources("core", "ui", "app"):
        for number, line in enumerate(text_of(path).splitlines(), 1):
            if re.search(r"\.then\(\s*QtFuture", line):
                yield f"{path}:{number}: QFuture::then() is unsafe across threads in Qt 6.4"


def members_are_not_returned_away():
    """QCoro moves what `co_return` names, also from a member, which is empty from then on: say std::as_const."""
    for path in sources("core", "ui", "app"):
        for number, line in enumerate(text_of(path).splitlines(), 1):
            if re.search(r"\bco_return (m_\w+|\w+->[\w.>-]*\w|m_\w+\.[\w.]*\w);", line):
                yield f"{path}:{number}: co_return would take the member away; return std::as_const of it"


HELPERS = {"sources", "sources_in", "text_of", "includes", "room_of", "rooms_in_cmake"}
rules = [value for name, value in list(globals().items())
         if callable(value) and getattr(value, "__module__", "") == "__main__" and name not in HELPERS]
problems = [problem for rule in rules for problem in rule()]
for problem in problems:
    print(problem)
checked = sum(1 for _ in sources("core", "ui", "app"))
print(f"{checked} files, {len(rules)} rules, {len(problems)} problems")
sys.exit(1 if problems or checked == 0 else 0)
