"""Calls through both agents: what is signed, counted, relayed and refused (zerog-serving.md 2, 3, 9)."""
import gzip
import json
import http.client
import threading
import time
import urllib.parse

from lab import PROVIDER, PROVIDER_KEY, REFUSED, USER, USER_KEY, Lab, Service, call, chat, chat_answer, event, free_port, stream_answer, until, words

META = {"address", "nonce", "service-name", "token-count", "previous-output-token-count", "created-at", "signature"}


def lengths(*counts):
    """A service whose answers have these lengths in turn."""
    left = list(counts)
    return lambda request: chat_answer(words(left.pop(0) if len(left) > 1 else left[0]))


def zerog_19_a_call_carries_the_seven_headers():
    with Lab() as lab:
        seen = Service()
        lab.expect(lab.ask("x"), 200)
        lab.pa.stop()
        lab.pa.stop = lambda: None
        spy = Service()
        spy.server.server_close()
        seen.server.shutdown()
        # In the provider's place: what arrives there.
        from http.server import ThreadingHTTPServer
        handler = seen.server.RequestHandlerClass
        place = ThreadingHTTPServer(("127.0.0.1", lab.pa_port), handler)
        threading.Thread(target=place.serve_forever, daemon=True).start()
        lab.expect(lab.ask("Say this is a test!", headers={"NONCE": "77", "Signature": "mine", "Authorization": "Bearer b"}), 200)
        place.shutdown()
        place.server_close()
        head = [(k.lower(), v) for k, v in seen.requests[-1]["headers"]]
        names = [k for k, _ in head]
        for name in META:
            assert names.count(name) == 1, head
        head = dict(head)
        assert head["nonce"].isdigit() and head["nonce"] != "77" and head["token-count"] == "5" and head["previous-output-token-count"] == "7"
        assert head["signature"].startswith("0x") and len(bytes.fromhex(head["signature"][2:])) == 65
        assert head["address"] == USER and head["service-name"] == "llama7b" and head["authorization"] == "Bearer b"
        assert seen.requests[-1]["path"] == "/v1/proxy/llama7b/v1/chat/completions"


def zerog_20_the_service_sees_none_of_them():
    with Lab() as lab:
        lab.expect(lab.ask("x", headers={"Authorization": "Bearer mine", "X-Other": "kept"}), 200)
        head = {k.lower(): v for k, v in lab.service.requests[0]["headers"]}
        assert not META & set(head) and head["authorization"] == "Bearer mine" and head["x-other"] == "kept"
        assert lab.service.requests[0]["path"] == "/v1/chat/completions"


def zerog_22_any_change_breaks_the_signature():
    with Lab() as lab:
        body, created = json.dumps(chat("Say this is a test!")), int(time.time()) + 1
        stamp = lambda t: time.strftime("%Y-%m-%d %H:%M:%S +0000 UTC", time.gmtime(t))
        lab.register("other")
        for change in ({"Address": PROVIDER}, {"Token-Count": "6"}, {"Previous-Output-Token-Count": "1"}, {"Nonce": "3"}, {"Created-At": stamp(created + 1)}):
            lab.expect(lab.signed(body, 5, 0, 2, created=created, change=change), 400, REFUSED)
        lab.expect(lab.signed(body, 5, 0, 2, created=created, change={"Service-Name": "other"}, route="other"), 400, "recovered address signature not match")
        assert lab.rows() == [] and lab.user()["unsettledFee"] == 0
        lab.expect(lab.signed(body, 5, 0, 2, created=created), 200)


def zerog_23_words_are_counted():
    with Lab() as lab:
        lab.expect(lab.ask("Say this is a test!"), 200)
        lab.expect(lab.ask(""), 200)
        two = {"messages": [{"role": "system", "content": "a b"}, {"role": "user", "content": "c\u2003d\u200be"}]}
        lab.expect(call(lab.path(), "POST", two), 200)
        assert [r["inputCount"] for r in lab.rows()] == [5, 0, 4]


def zerog_24_storage_counts_the_bytes_that_are_forwarded():
    with Lab(lambda r: (200, [("Content-Type", "application/json")], b"0123456789"), kind="zgStorage", name="files") as lab:
        sent = '{ "method" : "zgs_getStatus",   "params":[1.0, "<x>"] }'
        for suffix in ("", "/"):
            answer = lab.expect(call(lab.path(suffix), "POST", sent), 200)
            assert answer.body == b"0123456789"
        got = lab.service.requests[0]["body"]
        assert got == b'{"method":"zgs_getStatus","params":[1,"\\u003cx\\u003e"]}'
        assert [r["inputCount"] for r in lab.rows()] == [len(got)] * 2
        assert [r["previousOutputCount"] for r in lab.rows()] == [0, 10]


def zerog_25_an_answer_is_declared_by_the_next_call():
    with Lab(lengths(7, 4)) as lab:
        lab.expect(lab.ask("a"), 200)
        lab.expect(lab.ask("b"), 200)
        lab.expect(lab.ask("c"), 200)
        assert [r["previousOutputCount"] for r in lab.rows()] == [0, 7, 4]


def zerog_26_two_calls_cost_22():
    with Lab(lengths(7, 4)) as lab:
        lab.expect(lab.ask("Say this is a test!"), 200)
        lab.expect(lab.ask("three more words"), 200)
        assert [r["fee"] for r in lab.rows()] == [5, 17] and lab.user()["unsettledFee"] == 22
        lab.settle()
        assert lab.account()["balance"] == 10_000_000 - 22 and lab.user()["unsettledFee"] == 0
        assert all(r["processed"] and r["state"] == "settled" for r in lab.rows())


def zerog_27_a_nonce_is_accepted_once():
    with Lab() as lab:
        lab.expect(lab.signed(chat("x"), 1, 0, 2), 200)
        lab.expect(lab.signed(chat("x"), 1, 7, 2), 400, REFUSED, "invalid nonce, received nonce 2 not greater than the previous nonce: 2")
        lab.expect(lab.signed(chat("x"), 1, 7, 1), 400, "invalid nonce")
        lab.expect(lab.signed(chat("x"), 1, 7, 3), 200)


def zerog_28_a_previous_output_may_be_higher_but_not_lower():
    with Lab() as lab:
        lab.expect(lab.signed(chat("x"), 1, 0, 1), 200)
        lab.expect(lab.signed(chat("x"), 1, 6, 2), 400, "invalid previousOutputCount, expected 7, but received 6")
        lab.expect(lab.signed(chat("x"), 1, 8, 2), 200)


def zerog_29_the_last_neuron_may_be_spent():
    with Lab(prices=(1, 2), balance=20) as lab:
        lab.expect(lab.ask(words(5)), 200)
        lab.expect(lab.ask(words(2)), 400, "insufficient balance, total fee of 21 exceeds the available balance of 20")
        lab.expect(lab.ask(words(1)), 200)
        assert lab.user()["unsettledFee"] == 20


def zerog_30_a_charge_is_seen():
    with Lab(balance=20) as lab:
        lab.expect(lab.ask(words(5)), 200)
        lab.expect(lab.ask(words(2)), 400, "insufficient balance")
        lab.expect(lab.charge(1), 202)
        lab.expect(lab.ask(words(2)), 200)


def streamed(url, body, stop_after=None):
    """Events with the times at which they came."""
    where = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
    connection.request("POST", where.path, json.dumps(body), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    got = []
    while True:
        line = answer.readline()
        if not line:
            break
        if line.strip():
            got.append((time.monotonic(), line.strip()))
        if stop_after and len(got) == stop_after:
            connection.sock.close()
            answer.close()
            return got
    connection.close()
    return got


def zerog_31_a_stream_comes_event_by_event():
    gate = threading.Event()
    plan = lambda r: stream_answer(event("one two"), lambda: gate.wait(10), event(" three"), event(finish="stop"), b"data: [DONE]\n\n", event("never"))
    with Lab(plan) as lab:
        where = urllib.parse.urlsplit(lab.path())
        connection = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
        connection.request("POST", where.path, json.dumps(chat("x", stream=True)), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        assert answer.headers["Content-Type"] == "text/event-stream"
        assert b"one two" in answer.readline()  # while the service still waits
        gate.set()
        rest = answer.read()
        assert rest.endswith(b"data: [DONE]\n\n") and b"never" not in rest and b"error" not in rest, rest
        assert lab.user()["lastResponseTokenCount"] == 3 == lab.account()["lastResponseTokenCount"]


def zerog_32_only_a_finished_stream_counts():
    plans = [stream_answer(event("one two three"), event(" four"), "cut"), stream_answer(event("five"), event(finish="stop"), b"data: [DONE]\n\n"),
             stream_answer(event("six seven"))]
    with Lab(lambda r: plans.pop(0) if len(plans) > 1 else plans[0]) as lab:
        try:
            call(lab.path(), "POST", chat("x", stream=True))
            raise AssertionError("a cut stream must be seen to be cut")
        except (http.client.IncompleteRead, http.client.HTTPException, ConnectionError):
            pass
        until(lambda: lab.rows()[0]["state"] == "failed")
        assert lab.user()["lastResponseTokenCount"] is None and lab.user()["unsettledFee"] == 0
        lab.expect(lab.ask("x", stream=True), 200)
        assert lab.user()["lastResponseTokenCount"] == 1 == lab.account()["lastResponseTokenCount"]
        lab.ask("x", stream=True)  # it ends without a finish_reason
        assert lab.user()["lastResponseTokenCount"] == 1 == lab.account()["lastResponseTokenCount"]
        assert lab.rows()[-1]["state"] == "failed"


def zerog_33_packed_answers_are_counted_unpacked_and_relayed_packed():
    for encoding in ("gzip", "deflate"):
        with Lab(lambda r: chat_answer(words(9), encoding=encoding)) as lab:
            answer = lab.expect(lab.ask("x", headers={"Accept-Encoding": encoding}), 200)
            assert answer.headers["Content-Encoding"] == encoding and answer.body == chat_answer(words(9), encoding=encoding)[2][:len(answer.body)]
            assert lab.user()["lastResponseTokenCount"] == 9 == lab.account()["lastResponseTokenCount"]
    packed = gzip.compress(b"x" * 1000)
    with Lab(lambda r: (200, [("Content-Encoding", "gzip")], packed), kind="zgStorage", name="files") as lab:
        answer = lab.expect(call(lab.path(""), "POST", {"a": 1}), 200)
        assert answer.body == packed and lab.user()["lastResponseTokenCount"] == len(packed)


def zerog_34_settling_nothing_is_202():
    with Lab() as lab:
        lab.settle()
        assert lab.user()["unsettledFee"] == 0


def zerog_41_bodies_are_written_anew():
    with Lab() as lab:
        body = '{"messages":[{"content":"\\u0008\\u000c\\u007f\\ud800 x","role":"user"}],"b":1.0,"a":1}'
        lab.expect(call(lab.path(), "POST", body), 200)
        assert lab.service.requests[0]["body"] == '{"a":1,"b":1,"messages":[{"content":"\\b\\f\x7f\ufffd x","role":"user"}]}'.encode()
        for bad in ('{"messages":[],"n":1e999}', "null", "[]", "", "x"):
            lab.expect(call(lab.path(), "POST", bad), 400)
        assert len(lab.service.requests) == 1


def zerog_43_two_copies_at_once_are_one_call():
    gate = threading.Event()
    with Lab(lambda r: (gate.wait(10), chat_answer(words(3)))[1]) as lab:
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(lab.signed(chat("x y"), 2, 0, 5, created=1 + int(time.time())))) for _ in range(4)]
        for thread in threads:
            thread.start()
        until(lambda: len(answers) == 3)
        assert lab.user()["unsettledFee"] == 2
        gate.set()
        for thread in threads:
            thread.join()
        assert sorted(a.status for a in answers) == [200, 400, 400, 400] and len(lab.service.requests) == 1
        assert len(lab.rows()) == 1 and lab.user()["unsettledFee"] == 2


def zerog_44_header_numbers_are_digits():
    with Lab() as lab:
        for name in ("Nonce", "Token-Count", "Previous-Output-Token-Count"):
            for bad in ("+5", "1e3", "0x5", "", str(2**63), "-1", " 5x", "5.0", None):
                lab.expect(lab.signed(chat("x"), 1, 0, 2, change={name: bad}), 400, REFUSED)
        for name in META:
            real = {"address": "Address", "nonce": "Nonce", "service-name": "Service-Name", "token-count": "Token-Count",
                    "previous-output-token-count": "Previous-Output-Token-Count", "created-at": "Created-At", "signature": "Signature"}[name]
            lab.expect(lab.signed(chat("x"), 1, 0, 2, change={real: None}), 400, "missing Header")
        for bad in ("2024-08-22T06:38:52Z", "1724308732", "x"):
            lab.expect(lab.signed(chat("x"), 1, 0, 2, change={"Created-At": bad}), 400)
        assert lab.rows() == [] and lab.service.requests == [] and lab.user()["unsettledFee"] == 0


def zerog_45_errors_of_the_service_cost_nothing():
    plans = {"now": chat_answer(words(7))}
    with Lab(lambda r: plans["now"]) as lab:
        lab.expect(lab.ask("a"), 200)
        before = lab.user()
        for status in (400, 401, 404, 422, 429, 500, 503):
            plans["now"] = (status, [("Content-Type", "application/problem+json"), ("Retry-After", "3")], b'{"error":{"message":"no"}}')
            answer = lab.ask("b")
            assert answer.status == status and answer.body == b'{"error":{"message":"no"}}', answer
            assert answer.headers["Content-Type"] == "application/problem+json" and answer.headers["Retry-After"] == "3"
            after = lab.user()
            for counter in ("lastRequestNonce", "lastResponseTokenCount", "unsettledFee", "lockBalance"):
                assert after[counter] == before[counter], (status, counter, before, after)
            assert lab.rows()[-1]["state"] == "failed" and lab.rows()[-1]["fee"] == 0
        plans["now"] = chat_answer(words(4))
        lab.expect(lab.ask("c"), 200)
        assert lab.rows()[-1]["previousOutputCount"] == 7
        lab.settle()
        lab.register("dead", url=f"http://127.0.0.1:{free_port()}")
        lab.expect(lab.ask("d", name="dead"), 400, "the service could not be asked")
        assert lab.user()["unsettledFee"] == 0


def zerog_46_what_cannot_be_counted_costs_nothing():
    plans = {"now": None}
    with Lab(lambda r: plans["now"]) as lab:
        for body in (b"", b"no json", b'{"choices":[]}', b'{"error":{"message":"overloaded"}}', b'{"choices":[{}]}'):
            plans["now"] = (200, [("Content-Type", "application/json")], body)
            answer = lab.expect(lab.ask("x"), 400)
            if b"overloaded" in body:
                assert "overloaded" in answer.text
            plans["now"] = chat_answer(words(2))
            lab.expect(lab.ask("x"), 200)
        assert [r["state"] for r in lab.rows()] == ["failed", "served"] * 5


def zerog_47_a_next_call_at_once_is_never_refused():
    with Lab(lambda r: stream_answer(event(words(len(lab.service.requests) % 9 + 1)), event(finish="stop"), 0.2, b"data: [DONE]\n\n")) as lab:
        where = urllib.parse.urlsplit(lab.path())
        for _ in range(20):
            connection = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
            connection.request("POST", where.path, json.dumps(chat("x", stream=True)), {"Content-Type": "application/json"})
            answer = connection.getresponse()
            while b'"finish_reason": "stop"' not in answer.readline():
                pass
            connection.close()  # the end is there, [DONE] is not
        made = [c for c in lab.calls()]
        assert len(made) == 20 and all(c["state"] == "done" for c in made), made
        declared = [r["previousOutputCount"] for r in lab.rows()]
        assert declared == [0] + [(i + 1) % 9 + 1 for i in range(19)], declared


def zerog_48_a_caller_that_leaves_pays_once():
    gate = threading.Event()
    left = {"slow": True}

    def plan(request):
        if not left.pop("slow", None):
            return chat_answer(words(2))
        return stream_answer(event("one two"), lambda: gate.wait(10), event(" three four five"), event(finish="stop"), b"data: [DONE]\n\n")

    with Lab(plan) as lab:
        streamed(lab.path(), chat("x", stream=True), stop_after=1)
        gate.set()
        until(lambda: lab.user()["lastResponseTokenCount"] == 5 and lab.account()["lastResponseTokenCount"] == 5)
        lab.expect(lab.ask("y"), 200)
        lab.expect(lab.ask("z"), 200)
        assert [r["previousOutputCount"] for r in lab.rows()] == [0, 5, 2]


def zerog_54_prices_of_the_moment():
    with Lab() as lab:
        lab.expect(lab.ask("cached"), 200)
        lab.settle()
        old = int(time.time())
        until(lambda: time.time() > old + 1)
        lab.expect(call(lab.pa.url + "/v1/service/llama7b", "PUT", lab.registration(inputs=7)), 202)
        lab.expect(lab.signed(chat("x"), 1, 7, 900, created=old), 400, "service updated")
        lab.expect(lab.ask("x"), 200)
        assert lab.rows()[-1]["fee"] == 7 + 7 * 2
        lab.settle()
        assert lab.account()["balance"] == 10_000_000 - 1 - 21


def zerog_55_a_service_that_comes_back():
    with Lab() as lab:
        old = int(time.time())
        lab.expect(call(lab.pa.url + "/v1/service/llama7b", "DELETE"), 202)
        lab.expect(lab.ask("x"), 400)
        until(lambda: time.time() > old + 1)
        lab.register()
        lab.expect(lab.signed(chat("x"), 1, 0, 900, created=old), 400, "service updated")
        lab.expect(lab.ask("x"), 200)


def zerog_56_a_client_cannot_sign_for_itself():
    with Lab() as lab:
        mine = {"ADDRESS": PROVIDER, "nOnCe": "9", "service-NAME": "other", "Token-count": "1", "Previous-Output-Token-Count": "1", "created-at": "x", "SIGNATURE": "0x"}
        lab.expect(lab.ask("Say this is a test!", headers=mine), 200)
        assert not META & {k.lower() for k, _ in lab.service.requests[0]["headers"]}
        assert lab.rows()[0]["inputCount"] == 5


def signatures_with_a_twin_are_refused():
    from chain_math import request_digest, sign
    with Lab() as lab:
        created = int(time.time()) + 1
        digest = request_digest(PROVIDER, USER, "llama7b", 1, 0, 2, created)
        good = sign(USER_KEY, digest)
        for bad in (sign(USER_KEY, digest, high_s=True), sign(USER_KEY, digest, v_base=0), good[:64], good + b"\x00", b"\x00" * 65, good[:64] + bytes([good[64] ^ 7])):
            lab.expect(lab.signed(chat("x"), 1, 0, 2, created=created, signature=bad), 400, REFUSED)
        lab.expect(lab.signed(chat("x"), 1, 0, 2, created=created, signature=good), 200)


def a_body_that_was_changed_is_refused():
    with Lab() as lab:
        lab.expect(lab.signed(chat("one more word"), 2, 0, 2), 400, "invalid inputCount, expected 3, but received 2")
        parts = {"messages": [{"role": "user", "content": [{"type": "text", "text": "x"}]}]}
        lab.expect(lab.signed(parts, 0, 0, 2), 400)
        lab.expect(call(lab.path(), "POST", parts), 400)
        lab.expect(lab.signed(chat("x"), 1, 0, 2, created=int(time.time()) + 400), 400, "createdAt")
        lab.expect(lab.signed(chat("x"), 1, 0, 2, created=int(time.time()) - 400), 400, "createdAt")
        lab.expect(lab.signed(chat("x"), 1, 0, 2, key=PROVIDER_KEY), 400, "get account from contract")
        lab.register("other")
        lab.expect(lab.signed(chat("x"), 1, 0, 2, route="other"), 400, "Service-Name")
        lab.expect(lab.signed(chat("x"), 1, 0, 2, suffix="/../../v1/settle"), 400)
        lab.expect(lab.signed(chat("x"), 1, 0, 2, suffix="/%2e%2e/x"), 400)
        assert lab.rows() == [] and lab.service.requests == []


def redirects_are_not_followed():
    target = Service()
    with Lab(lambda r: (307, [("Location", target.url + "/stolen"), ("Content-Type", "text/plain")], b"go there")) as lab:
        answer = lab.expect(lab.ask("x", headers={"Authorization": "Bearer secret"}), 307)
        assert answer.body == b"go there" and "Location" not in answer.headers and target.requests == []
        assert lab.rows()[0]["state"] == "failed" and lab.user()["unsettledFee"] == 0
    target.stop()


def headers_of_a_connection_stay_with_it():
    plan = lambda r: (200, [("Content-Type", "application/json"), ("Keep-Alive", "timeout=5"), ("X-Own", "1"), ("Connection", "X-Hop"), ("X-Hop", "1")], chat_answer(words(1))[2])
    with Lab(plan) as lab:
        answer = lab.expect(lab.ask("x", headers={"Connection": "X-Mine", "X-Mine": "1", "TE": "trailers", "X-Too": "2"}), 200)
        assert answer.headers["X-Own"] == "1" and "X-Hop" not in answer.headers and "Keep-Alive" not in answer.headers
        head = {k.lower() for k, _ in lab.service.requests[0]["headers"]}
        assert "x-too" in head and not head & {"x-mine", "te"}


def any_method_passes_the_provider():
    with Lab() as lab:
        created = int(time.time()) + 1
        from chain_math import request_digest, sign
        raw = sign(USER_KEY, request_digest(PROVIDER, USER, "llama7b", 1, 0, 2, created))
        head = {"Address": USER, "Nonce": "2", "Service-Name": "llama7b", "Token-Count": "1", "Previous-Output-Token-Count": "0", "Signature": "0x" + raw.hex(),
                "Created-At": time.strftime("%Y-%m-%d %H:%M:%S +0000 UTC", time.gmtime(created))}
        answer = call(f"{lab.pa.url}/v1/proxy/llama7b/thing?a=b&c=%20d", "PUT", json.dumps(chat("x")), head)
        lab.expect(answer, 200)
        assert (lab.service.requests[0]["method"], lab.service.requests[0]["path"]) == ("PUT", "/thing?a=b&c=%20d")


def an_empty_flush_pays_the_last_answer():
    with Lab() as lab:
        lab.expect(lab.signed(chat("x"), 1, 0, 1), 200)
        answer = lab.expect(lab.signed("", 0, 7, 2, suffix="/settle-fee"), 202)
        assert answer.body == b"" and len(lab.service.requests) == 1
        lab.settle()
        assert lab.account()["balance"] == 10_000_000 - 15
        lab.expect(lab.signed(chat("x"), 1, 0, 3), 200)
