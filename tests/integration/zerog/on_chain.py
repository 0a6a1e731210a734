"""Agents of 0G serving as processes whose ledger is a contract on a chain, and the network of today as the command line shows it: on_chain.py BIN_DIR

Run through zerog_chain.py, which brings the development chain.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import lab  # noqa: E402
from chain_math import address, checksum, keccak  # noqa: E402
from lab import Agent, Service, call, chat, free_port, until  # noqa: E402

lab.BIN = sys.argv[1]
SLUICECTL = os.path.join(lab.BIN, "sluicectl")
CHAIN = pathlib.Path(__file__).resolve().parents[2] / "peers" / "zerog" / "chain.js"


class Chain:
    """A block has so much gas that a settlement of some hundred requests fits into half of it."""

    def __init__(self):
        environment = {**os.environ, "NODE_PATH": os.environ["SLUICE_CHAIN_MODULES"]}
        self.process = subprocess.Popen(["node", str(CHAIN), "3300000"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        ready = json.loads(self.process.stdout.readline())
        self.url, self.contract, self.ledger, self.inference = (ready[name] for name in ("url", "contract", "ledger", "inference"))
        self.keys = [int(key, 16) for key in ready["keys"]]
        self.addresses = [checksum(address(key)) for key in self.keys]

    def rpc(self, method, *params):
        return call(self.url, "POST", {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).json["result"]

    def held(self, of):
        return int(self.rpc("eth_getBalance", of, "latest"), 16)

    def send(self, key, to, value, data):
        self.process.stdin.write(f"send {key} {to} {value} 0x{data.hex()}\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline().strip()
        assert said == "sent", said

    def stop(self):
        self.process.stdin.close()
        self.process.wait(20)


def words(*values):
    """Of the ABI: numbers and addresses as words, then texts behind them."""
    head, tail = b"", b""
    for value in values:
        if isinstance(value, str) and value.startswith("0x"):
            head += bytes.fromhex(value[2:]).rjust(32, b"\0")
        elif isinstance(value, str):
            head += (32 * len(values) + len(tail)).to_bytes(32, "big")
            text = value.encode()
            tail += len(text).to_bytes(32, "big") + text.ljust((len(text) + 31) // 32 * 32, b"\0")
        else:
            head += int(value).to_bytes(32, "big")
    return head + tail


def function(signature, *values):
    return keccak(signature.encode())[:4] + words(*values)


class Pair:
    """A provider agent and a user agent with the contract as their ledger."""

    def __init__(self, chain, folder):
        self.chain, self.provider, self.user = chain, chain.addresses[1], chain.addresses[2]
        where = ["--chain", chain.url, "--contract", chain.contract, "--state"]
        self.service = Service()
        self.pa = Agent("provider", chain.keys[1], [*where, os.path.join(folder, "provider.db")], free_port())
        self.ua = Agent("user", chain.keys[2], [*where, os.path.join(folder, "user.db")], free_port(), "--refund-interval", "0.3")

    def stop(self):
        self.ua.stop()
        self.pa.stop()
        self.service.stop()

    def expect(self, status, url, method="GET", body=None, *said):
        answer = call(url, method, body, timeout=120)
        assert answer.status == status, f"{status} was expected of {method} {url}, not {answer}"
        for word in said:
            assert word in answer.text, f"{word!r} was expected in {answer}"
        return answer

    def account(self):
        return self.expect(200, f"{self.ua.url}/v1/provider/{self.provider}").json

    def ask(self, text="Say this is a test!"):
        answer = call(f"{self.ua.url}/v1/provider/{self.provider}/service/llama7b/v1/chat/completions", "POST", chat(text), timeout=60)
        assert answer.status == 200, answer

    def rows(self):
        return self.expect(200, self.pa.url + "/v1/request").json

    def offer(self, inputs, method="POST"):
        body = {"URL": self.service.url, "inputPrice": inputs, "outputPrice": 2, "Type": "chatbot", "Name": "llama7b"}
        self.expect(204 if method == "POST" else 202, self.pa.url + "/v1/service" + ("" if method == "POST" else "/llama7b"), method, body)


def the_whole_way(pair):
    """Register, deposit, call, settle, charge, refund: the same answers as with a file, and the money on the chain."""
    pair.offer(1)
    listed = pair.expect(200, pair.ua.url + "/v1/service").json["Items"]
    assert [(one["Name"], one["Provider"], one["URL"]) for one in listed] == [("llama7b", pair.provider, pair.pa.url)], listed
    pair.expect(400, f"{pair.ua.url}/v1/provider/{pair.provider}/charge", "POST", {"balance": 5}, "AccountNotexists")
    pair.expect(204, pair.ua.url + "/v1/provider", "POST", {"provider": pair.provider, "balance": "10000000"})
    pair.expect(400, pair.ua.url + "/v1/provider", "POST", {"provider": pair.provider, "balance": "10000000"}, "account already exists")
    pair.ask()
    pair.ask("three more words")
    pair.expect(400, pair.pa.url + "/v1/service/llama7b", "DELETE", None, "unsettled requests exist")
    pair.expect(202, pair.pa.url + "/v1/settle", "POST")
    account = pair.account()
    assert account["balance"] == 10_000_000 - 5 - (3 + 7 * 2), account
    assert pair.chain.held(pair.chain.contract) == account["balance"]
    assert all(row["state"] == "settled" for row in pair.rows()["items"])
    pair.expect(202, f"{pair.ua.url}/v1/provider/{pair.provider}/charge", "POST", {"balance": 10_000})
    pair.expect(202, f"{pair.ua.url}/v1/provider/{pair.provider}/refund", "POST", {"amount": 10_000})
    # This contract's lock time is nothing, and the sweep pays.
    until(lambda: pair.account()["pendingRefund"] == 0, 30)
    assert pair.account()["balance"] == account["balance"] and pair.chain.held(pair.chain.contract) == account["balance"]
    refunds = pair.expect(200, pair.ua.url + "/v1/refund?processed=true").json["items"]
    assert [one["amount"] for one in refunds] == [10_000], refunds
    pair.offer(3, "PUT")
    time.sleep(1.1)  # a request must be later than its service, in whole seconds


def more_than_a_block_holds(pair):
    """What no transaction could carry is settled in several, exact to the neuron, while the agent is killed and started again in between."""
    before = pair.account()["balance"]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: pair.ask(f"question {number}"), range(220)))
    open_rows = [row for row in pair.rows()["items"] if row["state"] == "served"]
    assert len(open_rows) == 220
    owed = sum(row["fee"] for row in open_rows)
    blocks = int(pair.chain.rpc("eth_blockNumber"), 16)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(lambda: call(pair.pa.url + "/v1/settle", "POST", timeout=300))
        until(lambda: asked.done() or int(pair.chain.rpc("eth_blockNumber"), 16) > blocks, 120)
        assert not asked.done(), asked.result()
        pair.pa.kill()
        assert asked.exception(60) is not None, "it was answered before it was killed"
    pair.pa.start()  # it settles what is left over before it answers
    assert all(row["state"] == "settled" for row in pair.rows()["items"])
    assert int(pair.chain.rpc("eth_blockNumber"), 16) - blocks >= 3, "one transaction held it all"
    assert pair.account()["balance"] == before - owed, (pair.account(), before, owed)
    assert pair.chain.held(pair.chain.contract) == before - owed
    pair.ask("and it goes on")


def a_chain_that_is_gone(pair):
    """Nothing is lost without a node, and what is wrong is said without its address's secret."""
    pair.chain.stop()
    pair.expect(400, pair.pa.url + "/v1/settle", "POST", None, "Provider: settle fees:")
    assert [row["state"] for row in pair.rows()["items"]][-1] == "served"
    with tempfile.TemporaryDirectory() as folder:
        late = subprocess.run([SLUICECTL, "zerog", "provider", "--chain", pair.chain.url + "/v3/a-secret", "--contract", pair.chain.contract, "--state", folder + "/s.db",
                               "--port", "0", "--key", f"{pair.chain.keys[3]:064x}"], capture_output=True, text=True, timeout=60)
    assert late.returncode != 0 and "127.0.0.1" in late.stderr and "a-secret" not in late.stderr, late


def options_are_checked(chain):
    """What is half or twice said is refused before anything is asked."""
    key = ["--key", f"{chain.keys[3]:064x}"]
    for given, said in ((["--chain", chain.url], "--contract"), (["--contract", chain.contract], "--chain"), (["--chain", chain.url, "--contract", chain.contract], "--state"),
                        (["--chain", chain.url, "--contract", "0x12", "--state", "s"], "--contract"), (["--chain", "ftp://x", "--contract", chain.contract, "--state", "s"], "--chain"),
                        (["--chain", chain.url, "--contract", chain.contract, "--ledger", "l", "--state", "s"], "not both"), ([], "--ledger")):
        done = subprocess.run([SLUICECTL, "zerog", "user", *given, *key], capture_output=True, text=True, timeout=60)
        assert done.returncode == 2 and said in done.stderr, (given, done)


def the_network_of_today(chain):
    """`zerog network` shows services, the three pots and who acknowledged whom, as text and as JSON."""
    coin = 10**18
    wallet, provider = chain.addresses[3], chain.addresses[0]

    def show(*more):
        done = subprocess.run([SLUICECTL, "zerog", "network", "--chain", chain.url, "--ledger-contract", chain.ledger, *more], capture_output=True, text=True, timeout=60,
                              env={**os.environ, "SLUICE_DATA_DIR": tempfile.gettempdir() + "/none"})
        assert done.returncode == 0, done
        return done.stdout

    chain.send(0, chain.ledger, 0, function("registerService(string,string,address)", "inference", "v1.0", chain.inference))
    params = words("chatbot", "https://p.example", "llama-\x1b[2J7b", "TeeML", 5, 7, "{}", chain.addresses[2])
    chain.send(0, chain.inference, 0, keccak(b"addOrUpdateService((string,string,string,string,uint256,uint256,string,address))")[:4] + words(32) + params)
    chain.send(3, chain.ledger, 4 * coin, function("addLedger(string)", ""))
    chain.send(3, chain.ledger, 0, function("transferFund(address,string,uint256)", provider, "inference-v1.0", coin))
    chain.send(3, chain.inference, 0, function("acknowledgeTEESigner(address,bool)", provider, 1))
    told = json.loads(show("--wallet", wallet, "--json"))
    assert told["chainId"] == "16600" and told["serviceName"] == "inference-v1.0" and told["whole"], told
    money = told["money"]
    assert money["owner"] == wallet and money["ledger"] == {"total": str(4 * coin), "available": str(3 * coin)}, money
    assert int(money["wallet"]) == chain.held(wallet)
    assert [(one["provider"], one["balance"], one["acknowledged"]) for one in money["accounts"]] == [(provider, str(coin), True)], money
    service = told["services"][0]
    assert (service["inputPrice"], service["outputPrice"], service["userAcknowledged"], service["ownerAcknowledged"]) == ("5", "7", True, False), service
    text = show("--wallet", wallet)
    for line in ("in the ledger: 4 A0GI, of it free to be sent to providers or taken back: 3 A0GI", "1 A0GI  acknowledged", "acknowledged by you, not by the network's owner"):
        assert line in text, text
    assert "\x1b" not in text, "a provider's words are no commands to a terminal"
    assert "money" not in json.loads(show("--json"))


def main():
    chain = Chain()
    with tempfile.TemporaryDirectory(prefix="zerog") as folder:
        options_are_checked(chain)
        the_network_of_today(chain)
        pair = Pair(chain, folder)
        try:
            for case in (the_whole_way, more_than_a_block_holds, a_chain_that_is_gone):
                begun = time.monotonic()
                case(pair)
                print(f"passed {case.__name__} ({time.monotonic() - begun:.1f} s)", flush=True)
        finally:
            pair.stop()


main()
