"""What the environment and the disk say is used, or it is said why not."""
import os
import pathlib
import shutil

from field import rule

INPUT = ("run", "echo", "--input", '{"a":0.5}')


@rule("a gateway or an orchestrator of the environment wins over the current profile, and a word says so")
def wins(field):
    result = field.run(*INPUT, env={"LIVEPEER_GATEWAY_URL": field.gateway})
    assert result.code == 0 and result.out.strip() == '{"a":0.5}' and "LIVEPEER_GATEWAY_URL" in result.err, result
    dead = field.run(*INPUT, env={"LIVEPEER_ORCH_URL": "https://127.0.0.1:9", "SLUICE_SENDER_KEY": "1" * 64})
    assert dead.code == 3 and "127.0.0.1:9" in dead.err and "LIVEPEER_ORCH_URL" in dead.err, dead


@rule("an option wins over the environment, and a word says so")
def overridden(field):
    result = field.run(*INPUT, "--gateway", field.gateway, env={"LIVEPEER_GATEWAY_URL": "http://127.0.0.1:9"})
    assert result.code == 0 and "LIVEPEER_GATEWAY_URL" in result.err and "--gateway" in result.err, result
    profile = field.run("capabilities", "--profile", "sandbox", "--state", field.path("own.sqlite"), env={"LIVEPEER_GATEWAY_URL": "http://127.0.0.1:9"})
    assert profile.code == 0 and "LIVEPEER_GATEWAY_URL" in profile.err and "--profile" in profile.err, profile


@rule("a key of the environment that the sandbox does not use is named")
def key(field):
    result = field.run("capabilities", "--state", field.path("own.sqlite"), env={"SLUICE_SENDER_KEY": "1" * 64})
    assert result.code == 0 and "SLUICE_SENDER_KEY" in result.err, result


@rule("an environment that is not set needs no word")
def quiet(field):
    result = field.run("capabilities", "--state", field.path("own.sqlite"))
    assert result.code == 0 and "SLUICE_SENDER_KEY" not in result.err and "LIVEPEER" not in result.err, result


@rule("input that a known schema refuses is not paid for, unless one insists", ("missing", '{"n":2}', "text"), ("too long", '{"text":"too long"}', "text"),
      ("too small", '{"text":"x","n":0}', "n"), ("no object", '[1]', ""))
def checked(field, _, value, member):
    assert field.worker
    before = field.worker.calls.count("strict")
    result = field.run("run", "strict", "--input", value)
    assert result.code == 2 and member in result.err and "--no-check" in result.err, result
    assert field.worker.calls.count("strict") == before
    insisted = field.run("run", "strict", "--input", value, "--no-check")
    assert insisted.code == 0 and field.worker.calls.count("strict") == before + 1, insisted


@rule("input that fits is sent")
def fits(field):
    assert field.worker
    assert field.run("run", "strict", "--input", '{"text":"x","n":1}').code == 0


@rule("history can be read where it cannot be written")
def read_only(field):
    field.run(*INPUT, "--gateway", field.gateway)
    folder = field.path("data")
    mounted = field.run("-c", f"mount --bind {folder} {folder} && mount -o remount,ro,bind {folder} && exec {field.ctl} history list --json",
                        program="/bin/sh") if os.geteuid() else field.run("-m", "sh", "-c",
                        f"mount --bind {folder} {folder} && mount -o remount,ro,bind {folder} && exec {field.ctl} history list --json", program="/usr/bin/unshare")
    if "mount" in mounted.err or "unshare" in mounted.err:
        return "left out"  # nobody may mount here
    assert mounted.code == 0 and any(run["capability"] == "echo" for run in mounted.json), mounted
    assert "copy" in mounted.err and "SELECT" not in mounted.err, mounted


@rule("a data folder that cannot be used is told in a sentence", ("file",), ("damaged",))
def data(field, how):
    folder = pathlib.Path(field.path("bad-" + how))
    if how == "file":
        folder.write_text("no folder")
    else:
        folder.mkdir()
        (folder / "sluice.sqlite").write_bytes(b"SQLite format 3\0" + os.urandom(8192))
    result = field.run(*INPUT, "--gateway", field.gateway, env={"SLUICE_DATA_DIR": str(folder)})
    assert result.code == 1 and str(folder) in result.err, result
    for word in ("SELECT", "INSERT", "CREATE", "PRAGMA", "sqlite_"):
        assert word not in result.err, result
    shutil.rmtree(folder, ignore_errors=True)
