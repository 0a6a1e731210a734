#!/usr/bin/env python3
"""`sluicectl zerog ledger` as scripts use it: zerog_ledger.py BIN

Many processes on one file at once, some of them killed: no neuron is lost or made.
"""
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

OWNER = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d"
USER = "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a"
OWNER_ADDRESS = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
USER_ADDRESS = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"


class Ledger:
    def __init__(self, program, file):
        self.program, self.file = program, file

    def run(self, *words, text="", key=None):
        environment = {name: value for name, value in os.environ.items() if name != "SLUICE_ZEROG_KEY"}
        if key:
            environment["SLUICE_ZEROG_KEY"] = key
        return subprocess.run([self.program, "zerog", "ledger", *words, "--ledger", self.file], input=text, capture_output=True, text=True, env=environment, timeout=120)

    def call(self, key, method, args, value=None):
        request = {"method": method, "args": args} | ({"value": value} if value is not None else {})
        result = self.run("call", text=json.dumps(request), key=key)
        assert result.stdout, result.stderr
        answer = json.loads(result.stdout)
        assert result.returncode == (0 if answer["ok"] else 1), result
        return answer

    def show(self):
        result = self.run("show")
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    def begin(self, key, method, args, value):
        process = subprocess.Popen([self.program, "zerog", "ledger", "call", "--ledger", self.file, "--key", key], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process.stdin.write(json.dumps({"method": method, "args": args, "value": value}).encode())
        process.stdin.close()
        return process


def money(shown):
    return sum(int(amount) for amount in shown["wallets"].values()) + sum(int(account["balance"]) for account in shown["accounts"])


def functions(ledger):
    done = ledger.run("init", "--lock-time", "1", key=OWNER)
    assert done.returncode == 0, done.stderr
    assert ledger.run("init", key=OWNER).returncode != 0, "set up twice"
    assert ledger.call(USER, "lockTime", []) == {"ok": True, "result": 1}
    assert ledger.call(USER, "depositFund", [OWNER_ADDRESS], "1000") == {"ok": True, "result": None}
    assert ledger.call(USER, "depositFund", {"provider": OWNER_ADDRESS.lower()}, 1)["ok"]
    assert ledger.call(OWNER, "addOrUpdateService", ["llama7b", "chatbot", "http://127.0.0.1:3080", 1, "2"])["ok"]
    service = ledger.call(USER, "getService", [OWNER_ADDRESS, "llama7b"])["result"]
    assert service["inputPrice"] == "1" and service["outputPrice"] == "2" and service["serviceType"] == "chatbot", service
    assert ledger.call(USER, "getService", [OWNER_ADDRESS, "x"]) == {"ok": False, "error": f'ServiceNotexist({OWNER_ADDRESS},"x")'}
    account = ledger.call(USER, "getAccount", [USER_ADDRESS, OWNER_ADDRESS])["result"]
    assert account == {"user": USER_ADDRESS, "provider": OWNER_ADDRESS, "nonce": "0", "balance": "1001", "pendingRefund": "0", "refunds": []}, account
    refund = ledger.call(USER, "requestRefund", [OWNER_ADDRESS, 10])["result"]
    assert refund["index"] == 0 and refund["amount"] == "10" and refund["processed"] is False, refund
    assert ledger.call(USER, "requestRefund", [OWNER_ADDRESS, 2000]) == {"ok": False, "error": f"InsufficientBalance({USER_ADDRESS},{OWNER_ADDRESS})"}
    until = refund["createdAt"] + 1
    answer = ledger.call(USER, "processRefund", [OWNER_ADDRESS, [0]])
    while not answer["ok"]:
        assert answer["error"] == f"RefundLocked({USER_ADDRESS},{OWNER_ADDRESS},0)", answer
        answer = ledger.call(USER, "processRefund", [OWNER_ADDRESS, [0]])
    assert time.time() >= until, "a locked refund was paid"
    forged = {"userAddress": USER_ADDRESS, "nonce": 2, "serviceName": "llama7b", "inputCount": 5, "previousOutputCount": 0, "signature": "0x" + "ff" * 65, "createdAt": int(time.time()) + 5}
    assert ledger.call(OWNER, "settleFees", [[{"requests": [forged]}]]) == {"ok": False, "error": "InvalidRequest(0)"}
    assert ledger.call(OWNER, "settleFees", [[{"requests": []}]]) == {"ok": False, "error": "EmptyRequestTrace()"}
    assert ledger.call(OWNER, "verify", [forged]) == {"ok": True, "result": False}
    assert ledger.call(USER, "updateLockTime", [5])["error"] == "Ownable: caller is not the owner"
    assert ledger.call(OWNER, "updateLockTime", [5])["ok"]
    assert ledger.call(OWNER, "removeService", ["llama7b"])["ok"]
    assert ledger.call(OWNER, "initialize", [5, OWNER_ADDRESS])["error"] == "Initializable: already initialized"
    shown = ledger.show()
    assert shown["lockTime"] == 5 and shown["services"] == [] and shown["accounts"][0]["balance"] == "991", shown
    assert shown["wallets"] == {USER_ADDRESS: "-991"}, shown


def mistakes(ledger):
    for text in ("", "{", "[]", '{"method":"nope"}', '{"method":"depositFund","args":["x"]}', '{"method":"depositFund","args":[]}', '{"method":"lockTime","value":5}',
                 '{"method":"requestRefund","args":["%s",1.5]}' % OWNER_ADDRESS, '{"method":"requestRefund","args":["%s",-1]}' % OWNER_ADDRESS):
        result = ledger.run("call", text=text, key=USER)
        assert result.returncode == 2 and not result.stdout and result.stderr, (text, result)
    assert ledger.run("call", text='{"method":"lockTime"}').returncode == 2, "without a key"
    assert Ledger(ledger.program, str(pathlib.Path(ledger.file).parent / "none.db")).run("show").returncode == 2


def many_processes(ledger, seed):
    """Deposits of powers of two, so that the sum tells which of them happened."""
    chance = random.Random(seed)
    before = int(ledger.show()["accounts"][0]["balance"])
    sure, killed = 0, 0
    for turn in range(3):
        processes = []
        for i in range(8):
            amount = 1 << (turn * 8 + i)
            processes.append((amount, ledger.begin(USER, "depositFund", [OWNER_ADDRESS], str(amount))))
        for amount, process in processes:
            if chance.random() < 0.5:
                time.sleep(chance.random() * 0.05)
                process.send_signal(signal.SIGKILL)
        for amount, process in processes:
            text = process.stdout.read()
            if process.wait(timeout=120) == -signal.SIGKILL and not text:
                killed |= amount
            else:
                assert json.loads(text)["ok"], text
                sure |= amount
    shown = ledger.show()
    added = int(shown["accounts"][0]["balance"]) - before
    assert added & sure == sure and added & ~(sure | killed) == 0, (bin(added), bin(sure), bin(killed))
    assert money(shown) == 0, shown


def main(program_folder):
    program = str(pathlib.Path(program_folder) / "sluicectl")
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(program, str(pathlib.Path(folder) / "ledger.db"))
        functions(ledger)
        mistakes(ledger)
        many_processes(ledger, 7)
    print("ok")


main(*sys.argv[1:])
