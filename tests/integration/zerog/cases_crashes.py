"""Many calls at once, and agents that are killed (zerog-serving.md 5, 7, 9)."""
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from lab import PROVIDER, PROVIDER_KEY, REFUSED, USER, USER_KEY, Agent, Lab, Service, call, chat, chat_answer, event, stream_answer, until, words


def by_question(request):
    """As many words as the question says."""
    count = int(json.loads(request["body"])["messages"][0]["content"].split()[0])
    return chat_answer(words(count))


def checked_money(lab, deposit):
    """Everything settled: what is gone from the account is what the rows cost, and the provider has it."""
    lab.settle()
    rows = lab.rows()
    fees = sum(r["fee"] for r in rows)
    assert all(r["state"] in ("settled", "failed") for r in rows), [r for r in rows if r["state"] not in ("settled", "failed")]
    assert lab.user()["unsettledFee"] == 0
    assert deposit - lab.account()["balance"] == fees, (deposit, lab.account(), fees)
    shown = json.loads(lab.ctl("ledger", "show"))
    assert int({k.lower(): v for k, v in shown["wallets"].items()}[PROVIDER.lower()]) == fees
    return fees


def zerog_36_money_only_moves():
    with Lab(balance=1000) as lab:
        total = lambda: sum(int(v) for v in json.loads(lab.ctl("ledger", "show"))["wallets"].values()) + sum(
            int(a["balance"]) for a in json.loads(lab.ctl("ledger", "show"))["accounts"])
        before = total()
        for _ in range(5):
            lab.expect(lab.ask("some words here"), 200)
        checked_money(lab, 1000)
        lab.refund(100)
        assert total() == before


def zerog_38_a_settlement_takes_the_newest_refund_first():
    with Lab(by_question, balance=100) as lab:
        lab.expect(lab.ask("1 " + words(29)), 200)  # 30 neuron
        lab.refund(30)
        lab.refund(40)
        lab.settle()
        shown = lab.account()
        assert shown["balance"] == 70 and shown["pendingRefund"] == 70
        lab.charge(30)
        lab.expect(lab.ask("1 " + words(27)), 200)  # 28 and 2 for the answer before
        lab.refund(0)
        lab.settle()
        shown = lab.account()
        assert shown["balance"] == 70 and shown["pendingRefund"] == 70 and sum(r["amount"] for r in shown["refunds"]) == 70


def zerog_39_the_ticks_settle():
    with Lab(by_question, balance=100, provider_options=("--settle-interval", "0.2")) as lab:
        lab.expect(lab.ask("1 " + words(59)), 200)
        until(lambda: lab.user()["unsettledFee"] == 60)
        time.sleep(0.5)  # several ticks, none of which may do anything
        assert lab.user()["unsettledFee"] == 60 and call(lab.pa.url + "/v1/settlement").json["items"] == []
        lab.expect(lab.refund(60), 202)
        until(lambda: lab.user()["unsettledFee"] == 0)
        assert lab.account()["balance"] == 40 and [s["trigger"] for s in call(lab.pa.url + "/v1/settlement").json["items"]] == ["risk"]
    with Lab(by_question, balance=100, provider_options=("--force-interval", "0.3")) as lab:
        lab.expect(lab.ask("1 " + words(9)), 200)
        until(lambda: lab.account()["balance"] == 90)
        time.sleep(0.7)  # two more ticks with an empty queue
        assert [s["trigger"] for s in call(lab.pa.url + "/v1/settlement").json["items"]] == ["force"]


def zerog_40_services_and_nonces_survive_a_restart():
    with Lab() as lab:
        lab.register("second")
        lab.expect(lab.ask("x"), 200)
        nonces = [r["nonce"] for r in lab.rows()]
        for agent in (lab.pa, lab.ua):
            agent.kill()
            agent.start()
        lab.expect(lab.ask("y"), 200)
        lab.expect(lab.ask("z", name="second"), 200)
        after = [r["nonce"] for r in lab.rows()]
        assert after == sorted(set(after)) and after[:1] == nonces and [r["previousOutputCount"] for r in lab.rows()] == [0, 7, 7]
        assert len(call(lab.ua.url + "/v1/service").json["Items"]) == 2
        checked_money(lab, 10_000_000)


def zerog_49_calls_at_once_all_succeed():
    for crowd in (20, 100):
        with Lab(by_question) as lab:
            counts = [i % 17 + 1 for i in range(crowd)]
            with ThreadPoolExecutor(crowd) as pool:
                answers = list(pool.map(lambda c: lab.ask(f"{c} " + words(c % 5)), counts))
            assert all(a.status == 200 for a in answers), [a for a in answers if a.status != 200][:3]
            rows = [r for r in lab.rows() if r["state"] != "failed"]
            assert len(rows) == crowd and len(lab.service.requests) == crowd
            assert {r["previousOutputCount"] for r in rows} <= set(counts) | {0}
            # Nobody pays for one answer twice: those that were declared are some of those that were given.
            declared = sorted(r["previousOutputCount"] for r in rows if r["previousOutputCount"])
            left = sorted(counts)
            for one in declared:
                left.remove(one)
            for _ in range(crowd + 1):  # one after the other they pay what is left, each its answer
                lab.expect(lab.ask("3 x"), 200)
            checked_money(lab, 10_000_000)
            given = sorted(counts + [3] * (crowd + 1))
            paid = sorted(r["previousOutputCount"] for r in lab.rows() if r["state"] == "settled" and r["previousOutputCount"])
            for one in paid:
                given.remove(one)
            assert lab.user()["lastResponseTokenCount"] == lab.account()["lastResponseTokenCount"] == 3
            assert all(one <= 3 for one in given), given  # the longest first: no longer one is left


def killed_after_the_answer(kill):
    """The service has answered; `kill` takes an agent before its counters are written."""
    state = {"armed": False}
    killed = threading.Event()

    def plan(request):
        answer = by_question(request)
        if state.pop("armed", False):
            kill(lab)
            killed.set()
        return answer

    with Lab(plan) as lab:
        lab.expect(lab.ask("7 a"), 200)
        state["armed"] = True
        try:
            lab.ask("4 b")
        except (OSError, Exception):  # noqa: B014 - whatever a client sees of an agent that is gone
            pass
        assert killed.wait(20)
        for agent in (lab.pa, lab.ua):
            if agent.process.poll() is not None:
                agent.start()
        until(lambda: all(r["state"] != "reserved" for r in lab.rows()))  # the provider has read what its caller did not
        lab.expect(lab.ask("2 c"), 200)
        lab.expect(lab.ask("1 d"), 200)
        rows = [r for r in lab.rows() if r["state"] != "failed"]
        paid = [r["previousOutputCount"] for r in rows if r["previousOutputCount"]]
        assert len(paid) == len(set(paid)), paid
        assert set(paid) <= {7, 4, 2}, paid
        assert rows[-1]["previousOutputCount"] == 2
        checked_money(lab, 10_000_000)


def zerog_50_a_killed_provider_charges_right():
    killed_after_the_answer(lambda lab: lab.pa.kill())


def zerog_50_a_killed_user_agent_pays_right():
    def kill(lab):
        lab.ua.kill()
        time.sleep(0.2)  # the provider's agent meets a caller that is gone

    killed_after_the_answer(kill)


def zerog_50_kills_at_any_moment():
    """Either agent, again and again, while calls go on."""
    with Lab(by_question) as lab:
        over = threading.Event()
        served = []

        def caller(number):
            i = 0
            while not over.is_set():
                i += 1
                try:
                    answer = lab.ask(f"{(i + number) % 7 + 1} x", headers=None)
                    if answer.status == 200:
                        served.append(1)
                except Exception:  # noqa: BLE001 - an agent is gone for the moment
                    time.sleep(0.01)

        callers = [threading.Thread(target=caller, args=(n,)) for n in range(3)]
        for one in callers:
            one.start()
        for round_number in range(8):
            count = len(served)
            until(lambda: len(served) > count + 5, 60)
            agent = (lab.pa, lab.ua)[round_number % 2]
            agent.kill()
            agent.start()
        over.set()
        for one in callers:
            one.join()
        lab.expect(lab.ask("1 end"), 200)
        lab.expect(lab.ask("1 end"), 200)
        until(lambda: all(r["state"] != "reserved" for r in lab.rows()))
        # What reached its caller was charged.
        assert sum(r["state"] in ("served", "settled") for r in lab.rows()) >= len(served)
        checked_money(lab, 10_000_000)


def zerog_51_no_signature_over_what_was_not_counted():
    """A provider that lies about the last answer."""
    seen = []

    def lie(request):
        seen.append({k.lower(): v for k, v in request["headers"]})
        body = json.dumps({"error": REFUSED + "validate request: invalid previousOutputCount, expected 1000000, but received 0"}).encode()
        return 400, [("Content-Type", "application/json")], body

    liar = Service(lie)
    with Lab(provider_options=("--public-url", liar.url)) as lab:
        lab.expect(lab.ask("x"), 400, "expected 1000000")
        assert len(seen) == 1 and seen[0]["previous-output-token-count"] == "0"
        # And one that only wants ever higher nonces.
        liar.plan = lambda r: (seen.append({k.lower(): v for k, v in r["headers"]}), (400, [], json.dumps(
            {"error": REFUSED + "invalid nonce, received nonce 1 not greater than the previous nonce: 9223372036854775806"}).encode()))[1]
        lab.expect(lab.ask("x"), 400)
        assert len(seen) < 100 and int(seen[-1]["nonce"]) < 2**62
    liar.stop()


def zerog_52_a_settlement_does_not_overtake_a_call():
    gates = {"slow": threading.Event()}

    def plan(request):
        if b"slow" in request["body"]:
            gates["slow"].wait(20)
        return by_question(request)

    with Lab(plan) as lab:
        lab.expect(lab.ask("3 first"), 200)
        slow = threading.Thread(target=lambda: lab.expect(lab.ask("5 slow"), 200))
        slow.start()
        until(lambda: any(r["state"] == "reserved" for r in lab.rows()))
        lab.expect(lab.ask("2 quick"), 200)
        lab.settle()
        assert [r["state"] for r in lab.rows()] == ["settled", "reserved", "served"]
        gates["slow"].set()
        slow.join()
        lab.settle()
        assert [r["state"] for r in lab.rows()] == ["settled"] * 3
        checked_money(lab, 10_000_000)


def zerog_53_who_cannot_pay_is_left_out():
    poor_key = 0x5DE4111AFA1A4B94908F83103EB1F1706367C2E68CA870FC3FB9A804CDAB365A
    with Lab(by_question, balance=1000, lock_time=0) as lab:
        from lab import checksum, address, free_port
        poor = Agent("user", poor_key, lab.ledger, free_port(), "--refund-interval", "0.1")
        try:
            lab.expect(call(poor.url + "/v1/provider", "POST", {"provider": PROVIDER, "balance": 10}), 204)
            lab.expect(call(f"{poor.url}/v1/provider/{PROVIDER}/service/llama7b/v1/chat/completions", "POST", chat("4 a b c")), 200)
            lab.expect(lab.ask("1 x y"), 200)
            # It takes its money back before it pays; the ledger lets it, after the lock time.
            lab.expect(call(f"{poor.url}/v1/provider/{PROVIDER}/refund", "POST", {"amount": 10}), 202)
            until(lambda: call(f"{poor.url}/v1/provider/{PROVIDER}").json["balance"] == 0)
            lab.settle()
            mine = {r["userAddress"]: r for r in lab.rows()}
            assert mine[USER]["state"] == "settled"
            left = mine[checksum(address(poor_key))]
            assert left["state"] == "served" and "InsufficientBalanceWhenSettle(4,0)" in left["error"], left
            lab.expect(call(f"{poor.url}/v1/provider/{PROVIDER}/charge", "POST", {"balance": 4}), 202)
            lab.settle()
            assert all(r["state"] == "settled" and "error" not in r for r in lab.rows())
        finally:
            poor.stop()


def settlements_while_calls_go_on_are_exact():
    with Lab(by_question) as lab:
        over = threading.Event()

        def settle_on():
            while not over.is_set():
                lab.settle()

        settler = threading.Thread(target=settle_on)
        settler.start()
        with ThreadPoolExecutor(10) as pool:
            answers = list(pool.map(lambda i: lab.ask(f"{i % 9 + 1} {words(i % 4)}"), range(200)))
        over.set()
        settler.join()
        assert all(a.status == 200 for a in answers), [a for a in answers if a.status != 200][:3]
        checked_money(lab, 10_000_000)


def a_second_agent_with_the_same_key_is_kept_out():
    with Lab() as lab:
        from lab import free_port
        for kind, key in (("provider", PROVIDER_KEY), ("user", USER_KEY)):
            try:
                Agent(kind, key, lab.ledger, free_port()).stop()
                raise AssertionError("two agents with one state")
            except RuntimeError as said:
                assert "already" in str(said), said
        lab.expect(lab.ask("x"), 200)


def a_provider_that_comes_back_settles_what_was_left():
    with Lab(by_question) as lab:
        lab.expect(lab.ask("3 a b c"), 200)
        lab.pa.kill()
        lab.pa.start()
        assert lab.rows()[0]["state"] == "settled" and lab.account()["balance"] == 10_000_000 - 4
        assert [s["trigger"] for s in call(lab.pa.url + "/v1/settlement").json["items"]] == ["start"]
