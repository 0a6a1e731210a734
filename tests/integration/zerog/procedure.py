"""The usage procedure of 0G serving, command by command as it is written (but for addresses and ports), with curl against both agents; the service
behind them is the chat of a sandbox. Answers are compared whole (zerog-serving.md 10).

Usage: procedure.py BIN_DIR"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import lab  # noqa: E402
from lab import PROVIDER, USER, Agent, free_port, until  # noqa: E402

lab.BIN = sys.argv[1]
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
steps = 0


def words(text):
    return len([w for w in re.split(f"[{SPACE}]+", text) if w])


def curl(status, expected, *arguments):
    """What curl prints must be `expected`, whole; its T is a time, its SIG a signature. Gives the body."""
    global steps
    steps += 1
    done = subprocess.run(["curl", "-s", "-w", "\n%{http_code} %{content_type}", *arguments], capture_output=True, check=True, timeout=120)
    body, _, tail = done.stdout.decode().rpartition("\n")
    code, _, kind = tail.partition(" ")
    shown = f"curl {' '.join(arguments)}\n-> {code} {kind} {body}"
    assert int(code) == status, f"{status} was expected: {shown}"
    if expected is not None:
        pattern = re.escape(expected).replace("<T>", TIME).replace("<SIG>", "0x[0-9a-f]{130}")
        assert re.fullmatch(pattern, body), f"{expected} was expected: {shown}"
        assert kind == ("application/json; charset=utf-8" if expected else ""), shown
    print(f"{steps:2} {code} {' '.join(arguments)[:110]}", flush=True)
    return body


def header(name, value):
    return ["-H", f"{name}: {value}"]


JSON = header("Content-Type", "application/json")


def procedure(folder, chat):
    ledger = os.path.join(folder, "ledger.db")
    sluicectl = os.path.join(lab.BIN, "sluicectl")
    subprocess.run([sluicectl, "zerog", "ledger", "init", "--ledger", ledger, "--lock-time", "3"], env={**os.environ, "SLUICE_ZEROG_KEY": f"{lab.PROVIDER_KEY:064x}"},
                   check=True, capture_output=True)
    pa = Agent("provider", lab.PROVIDER_KEY, ledger, free_port())
    ua = Agent("user", lab.USER_KEY, ledger, free_port(), "--refund-interval", "0.3")
    try:
        run(pa.url, ua.url, chat, lambda: json.loads(subprocess.run([sluicectl, "zerog", "ledger", "show", "--ledger", ledger], check=True, capture_output=True).stdout))
    finally:
        ua.stop()
        pa.stop()


def run(pa, ua, chat, ledger):
    p, service = f"{ua}/v1/provider/{PROVIDER}", f"{ua}/v1/provider/{PROVIDER}/service/llama7b"
    # Provider Registers the Service with the Provider Agent
    registration = """{
        "URL": "%s",
        "inputPrice": %d,
        "outputPrice": %d,
        "Type": "chatbot",
        "Name": "%s"
}"""
    curl(204, "", "-X", "POST", f"{pa}/v1/service", *JSON, "-d", registration % (chat, 1, 2, "llama7b"))
    listed = ('{"Metadata":{"total":1},"Items":[{"UpdatedAt":"<T>","Provider":"%s","Name":"llama7b","Type":"chatbot","URL":"%s","InputPrice":"1","OutputPrice":"2"}]}'
              % (PROVIDER, pa))
    # User Checks Available Services
    curl(200, listed, "-X", "GET", f"{ua}/v1/service")
    # User Requests Additional Information about the Desired Service
    curl(200, '{"Name":"llama7b","Type":"chatbot","Provider":"%s"}' % PROVIDER, "-X", "GET", f"{service}/description")
    # User Creates an Account for the Desired Service
    curl(204, "", "-X", "POST", f"{ua}/v1/provider", *JSON, "-d", '{\n     "provider": "%s",\n     "balance": "10000000"\n}' % PROVIDER)
    # User Utilizes the Provider's Service: inference, the two forms that the procedure shows
    first = curl(200, None, f"{service}/v1/chat/completions", *JSON, "-d",
                 '{\n  "messages": [{"role": "user", "content": "Say this is a test!"}],\n  "temperature": 0.7\n}')
    out1 = words(json.loads(first)["choices"][0]["message"]["content"])
    assert out1 > 0
    row1 = ('{"createdAt":"<T>","userAddress":"%s","nonce":1,"serviceName":"llama7b","inputCount":5,"previousOutputCount":0,"signature":"<SIG>","processed":false,"fee":5,'
            '"state":"served"}' % USER)
    # The provider agent will log the requests in its database
    curl(200, '{"metadata":{"total":1},"items":[%s],"fee":5}' % row1, f"{pa}/v1/request")
    second = curl(200, None, f"{service}/v1/chat/completions", *JSON, "-d",
                  '{\n  "model": "someModel",\n  "messages": [{"role": "user", "content": "three more words"}],\n  "temperature": 0.7\n}')
    out2 = words(json.loads(second)["choices"][0]["message"]["content"])
    fee2 = 3 + 2 * out1
    row2 = ('{"createdAt":"<T>","userAddress":"%s","nonce":2,"serviceName":"llama7b","inputCount":3,"previousOutputCount":%d,"signature":"<SIG>","processed":false,"fee":%d,'
            '"state":"served"}' % (USER, out1, fee2))
    curl(200, '{"metadata":{"total":2},"items":[%s,%s],"fee":%d}' % (row1, row2, 5 + fee2), f"{pa}/v1/request")
    # Provider Settles the Fee
    curl(202, "", "-X", "POST", f"{pa}/v1/settle")
    left = 10000000 - 5 - fee2
    wallets = {k.lower(): int(v) for k, v in ledger()["wallets"].items()}
    assert wallets[PROVIDER.lower()] == 5 + fee2 and wallets[USER.lower()] == -10000000, wallets
    # Provider Updates the Service: as it is written, which changes the name, and with its own
    curl(400, '{"error":"Provider: update field: [name] not allowed"}', "-X", "PUT", f"{pa}/v1/service/llama7b", *JSON, "-d", registration % (chat, 3, 4, "name"))
    curl(202, "", "-X", "PUT", f"{pa}/v1/service/llama7b", *JSON, "-d", registration % (chat, 3, 4, "llama7b"))
    own = '{"updatedAt":"<T>","name":"llama7b","type":"chatbot","url":"%s","inputPrice":3,"outputPrice":4}' % chat
    curl(200, '{"metadata":{"total":1},"items":[%s]}' % own, f"{pa}/v1/service")
    curl(200, own, f"{pa}/v1/service/llama7b")
    curl(200, '{"updatedAt":"<T>","provider":"%s","name":"llama7b","type":"chatbot","url":"%s","inputPrice":3,"outputPrice":4}' % (PROVIDER, pa), service)
    # Provider Deletes the Service
    curl(202, "", "-X", "DELETE", f"{pa}/v1/service/llama7b")
    curl(200, '{"Metadata":{"total":0},"Items":[]}', "-X", "GET", f"{ua}/v1/service")
    # Provider Checks Accounts that have Sent Requests
    user = '{"user":"%s","lastRequestNonce":2,"lockBalance":%d,"lastBalanceCheckTime":"<T>","lastResponseTokenCount":%d,"unsettledFee":0}' % (USER, left, out2)
    curl(200, '{"metadata":{"total":1},"items":[%s]}' % user, "-X", "GET", f"{pa}/v1/user")
    curl(200, user, "-X", "GET", f"{pa}/v1/user/{USER}")
    # User Checks Provider Accounts
    account = '{"provider":"%s","balance":%d,"pendingRefund":%d,"refunds":[%s],"lastResponseTokenCount":%d,"nonce":2}'
    curl(200, '{"metadata":{"total":1},"items":[%s]}' % (account % (PROVIDER, left, 0, "", out2)), "-X", "GET", f"{ua}/v1/provider")
    curl(200, account % (PROVIDER, left, 0, "", out2), "-X", "GET", p)
    # User Charge a Account
    curl(202, "", "-X", "POST", f"{ua.replace('127.0.0.1', 'localhost')}/v1/provider/{PROVIDER}/charge", *JSON, "-d", '{\n        "balance": 10000\n}')
    left += 10000
    curl(200, account % (PROVIDER, left, 0, "", out2), p)
    # User Requests Refunds: before and after the lock time
    curl(202, "", "-X", "POST", f"{p}/refund", *JSON, "-d", '{\n        "amount": 10000\n}')
    begun = time.monotonic()
    refund = '{"index":0,"provider":"%s","createdAt":"<T>","amount":10000,"processed":%s}'
    curl(200, account % (PROVIDER, left, 10000, refund % (PROVIDER, "false"), out2), p)
    curl(200, '{"metadata":{"total":0},"items":[],"fee":0}', f"{ua}/v1/refund?processed=true")
    until(lambda: json.loads(subprocess.run(["curl", "-s", p], capture_output=True, check=True).stdout)["pendingRefund"] == 0, 30)
    assert time.monotonic() - begun >= 2, "a refund came before its time"
    left -= 10000
    curl(200, account % (PROVIDER, left, 0, "", out2), p)
    curl(200, '{"metadata":{"total":1},"items":[%s],"fee":10000}' % (refund % (PROVIDER, "true")), f"{ua}/v1/refund?processed=true")


def sandboxes_own(sold):
    """What the sandbox sells can be bought as it stands."""
    place = f"{sold['user_agent']}/v1/provider/{sold['provider']}"
    before = json.loads(curl(200, None, place))
    answer = json.loads(curl(200, None, f"{place}/service/{sold['service']}/v1/chat/completions", "-d", '{"messages":[{"role":"user","content":"Say this is a test!"}]}'))
    assert answer["choices"][0]["message"]["content"]
    curl(202, "", "-X", "POST", f"{sold['provider_agent']}/v1/settle")
    assert json.loads(curl(200, None, place))["balance"] == before["balance"] - 5


def main():
    with tempfile.TemporaryDirectory(prefix="zerog") as folder:
        sandbox = subprocess.Popen([os.path.join(lab.BIN, "sluicectl"), "sandbox", "--json", "--only", "aigateway,openai,zerog", "--state", os.path.join(folder, "sandbox.db")],
                                   stdout=subprocess.PIPE)
        try:
            ready = json.loads(sandbox.stdout.readline())
            sold = ready["services"]["zerog"]
            sandboxes_own(sold)
            procedure(folder, sold["chat"])
        finally:
            sandbox.terminate()
            sandbox.wait(30)
            sandbox.stdout.close()
    print("all as it is written")


main()
