"""What the two agents answer: registration, accounts, money (zerog-serving.md 1.3, 9)."""
import json
import socket
import time

from lab import PROVIDER, PROVIDER_KEY, REFUSED, USER, Lab, Service, call, chat, chat_answer, until, words


def zerog_01_registering_answers_204_with_nothing():
    with Lab(ready=False) as lab:
        answer = call(lab.pa.url + "/v1/service", "POST", {"URL": lab.service.url, "inputPrice": 1, "outputPrice": 2, "Type": "chatbot", "Name": "llama7b"})
        assert answer.status == 204 and answer.body == b"" and "Content-Length" not in answer.headers, answer


def zerog_02_an_unknown_type_is_refused():
    with Lab(ready=False) as lab:
        answer = call(lab.pa.url + "/v1/service", "POST", lab.registration(kind="RPC"))
        assert answer.status == 400 and answer.json["error"] == "Provider: register service: invalid service type", answer


def zerog_03_a_price_of_0_is_refused():
    with Lab(ready=False) as lab:
        for body in (lab.registration(inputs=0), lab.registration(outputs=0), lab.registration(inputs=-1)):
            lab.expect(call(lab.pa.url + "/v1/service", "POST", body), 400)
        assert call(lab.pa.url + "/v1/service").text == '{"metadata":{"total":0},"items":[]}'


def zerog_04_a_name_is_taken_once():
    with Lab() as lab:
        lab.expect(call(lab.pa.url + "/v1/service", "POST", lab.registration(inputs=9)), 400, "service already exists")
        lab.expect(lab.ask("still there"), 200)
        assert call(lab.pa.url + "/v1/service/llama7b").json["inputPrice"] == 1


def zerog_05_the_user_sees_the_agent_and_the_provider_the_target():
    with Lab() as lab:
        assert call(lab.ua.url + "/v1/service").json["Items"][0]["URL"] == lab.pa.url
        assert call(lab.pa.url + "/v1/service").json["items"][0]["url"] == lab.service.url


def zerog_06_the_users_list_is_as_the_seed_shows_it():
    with Lab() as lab:
        lab.register("other")
        answer = call(lab.ua.url + "/v1/service")
        listed = answer.json
        assert listed["Metadata"]["total"] == len(listed["Items"]) == 2
        assert list(listed["Items"][0]) == ["UpdatedAt", "Provider", "Name", "Type", "URL", "InputPrice", "OutputPrice"]
        assert listed["Items"][0]["InputPrice"] == "1"


def zerog_07_a_name_cannot_be_changed():
    with Lab() as lab:
        lab.register("a")
        lab.expect(call(lab.pa.url + "/v1/service/a", "PUT", lab.registration("b")), 400, "[name]")


def zerog_08_an_update_without_a_change_renews_its_time():
    with Lab() as lab:
        before = call(lab.pa.url + "/v1/service/llama7b").json["updatedAt"]
        until(lambda: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()) > before)
        lab.expect(call(lab.pa.url + "/v1/service/llama7b", "PUT", lab.registration()), 202)
        after = call(lab.pa.url + "/v1/service/llama7b").json["updatedAt"]
        assert after > before and call(lab.path("")).json["updatedAt"] == after


def zerog_09_nothing_changes_while_something_is_unsettled():
    with Lab() as lab:
        lab.expect(lab.ask("one"), 200)
        lab.expect(call(lab.pa.url + "/v1/service/llama7b", "PUT", lab.registration()), 400, "unsettled requests exist, can not update service")
        lab.expect(call(lab.pa.url + "/v1/service/llama7b", "DELETE"), 400, "unsettled requests exist, can not delete service")
        lab.settle()
        lab.expect(call(lab.pa.url + "/v1/service/llama7b", "PUT", lab.registration()), 202)
        lab.expect(call(lab.pa.url + "/v1/service/llama7b", "DELETE"), 202)
        lab.expect(lab.ask("gone"), 400)
        lab.expect(call(f"{lab.pa.url}/v1/proxy/llama7b/x", "POST", chat("x")), 400, "route is deleted")


def zerog_10_unknown_services_are_400():
    with Lab() as lab:
        lab.expect(call(lab.pa.url + "/v1/service/none", "DELETE"), 400)
        answer = lab.expect(call(lab.pa.url + "/v1/service/none"), 400)
        assert answer.json["error"].endswith("record not found")
        lab.expect(call(lab.path("", "none")), 400)


def zerog_11_a_balance_may_be_quoted():
    for amount in ("10000000", 10000000):
        with Lab(balance=None) as lab:
            answer = lab.expect(lab.create(amount), 204)
            assert answer.body == b"" and lab.account()["balance"] == 10000000


def zerog_12_an_account_is_created_once():
    with Lab() as lab:
        lab.expect(lab.create(5), 400, "account already exists")
        assert lab.account()["balance"] == 10_000_000


def zerog_13_no_balance_is_a_400():
    with Lab(balance=None) as lab:
        lab.expect(call(lab.ua.url + "/v1/provider", "POST", {"provider": PROVIDER}), 400)
        lab.expect(call(lab.ua.url + "/v1/provider", "POST", "{}"), 400)
        lab.expect(call(lab.ua.url + "/v1/provider", "POST", ""), 400)
        lab.expect(call(lab.ua.url + "/v1/provider"), 200)


def zerog_14_a_charge_needs_an_account():
    with Lab(balance=None) as lab:
        lab.expect(lab.charge(5), 400)
        assert call(lab.ua.url + "/v1/provider").json["items"] == []
        lab.create(100)
        lab.expect(lab.charge(5), 202)
        assert lab.account()["balance"] == 105


def zerog_15_no_refund_beyond_what_is_free():
    with Lab(balance=100) as lab:
        lab.expect(lab.refund(60), 202)
        lab.expect(lab.refund(41), 400, "exceeds the refundable balance")
        assert lab.account()["pendingRefund"] == 60


def zerog_16_refunds_are_numbered():
    with Lab(balance=100) as lab:
        lab.refund(10)
        lab.refund(20)
        assert [(r["index"], r["amount"], r["processed"]) for r in lab.account()["refunds"]] == [(0, 10, False), (1, 20, False)]


def zerog_17_a_processed_refund_is_in_the_list_of_refunds():
    with Lab(balance=100, lock_time=1, user_options=("--refund-interval", "0.1")) as lab:
        lab.refund(10)
        until(lambda: lab.account()["refunds"] == [])
        listed = call(lab.ua.url + "/v1/refund?processed=true").json
        assert listed["metadata"]["total"] == 1 and listed["items"][0]["processed"] is True and listed["fee"] == 10
        assert lab.account()["balance"] == 90 and lab.account()["pendingRefund"] == 0
        assert call(lab.ua.url + "/v1/refund?processed=false").json["items"] == []


def zerog_18_a_description_says_what_is_known():
    with Lab() as lab:
        assert call(lab.path("/description")).text == f'{{"Name":"llama7b","Type":"chatbot","Provider":"{PROVIDER}"}}'
        answer = call(lab.path("/description", "none"))
        assert answer.status == 404 and "error" in answer.json


def zerog_42_the_seeds_update_is_answered_exactly():
    with Lab() as lab:
        body = {"URL": "http://192.168.1.1:8080", "inputPrice": 3, "outputPrice": 4, "Type": "chatbot", "Name": "name"}
        answer = call(lab.pa.url + "/v1/service/llama7b", "PUT", body)
        assert answer.status == 400 and answer.text == '{"error":"Provider: update field: [name] not allowed"}', answer


def zerog_57_amounts_are_whole_numbers():
    with Lab(balance=100) as lab:
        for bad in ("1.5", "1e3", "-1", "true", "null", "[]", '"1.5"', '"1e3"', '"-1"', '" 7"', '""', '"+7"', str(2**256), f'"{2**256}"', '{"a":1}'):
            body = f'{{"balance":{bad}}}'
            lab.expect(call(f"{lab.ua.url}/v1/provider/{PROVIDER}/charge", "POST", body), 400)
            lab.expect(call(f"{lab.ua.url}/v1/provider/{PROVIDER}/refund", "POST", f'{{"amount":{bad}}}'), 400)
            lab.expect(call(f"{lab.ua.url}/v1/provider", "POST", f'{{"provider":"{USER}","balance":{bad}}}'), 400)
            body = json.dumps(lab.registration("bad")).replace('"inputPrice": 1', f'"inputPrice":{bad}')
            lab.expect(call(lab.pa.url + "/v1/service", "POST", body), 400)
        lab.expect(lab.charge("5"), 202)
        lab.expect(lab.refund("5"), 202)
        lab.register("quoted", inputs="3", outputs="4")
        account = lab.account()
        assert (account["balance"], account["pendingRefund"]) == (105, 5)
        assert len(call(lab.ua.url + "/v1/provider").json["items"]) == 1
        assert len(call(lab.pa.url + "/v1/service").json["items"]) == 2


def zerog_58_large_amounts_are_exact():
    for amount in (2**53 + 1, 2**63 - 1, 2**63, 2**200 + 1):
        with Lab(prices=(2**63 - 1, 2**64 + 1), balance=None) as lab:
            lab.expect(lab.create(str(amount)), 204)
            assert str(lab.account()["balance"]) == str(amount)
            assert f'"InputPrice":"{2**63 - 1}","OutputPrice":"{2**64 + 1}"' in call(lab.ua.url + "/v1/service").text
            answer = lab.ask("two words")
            price = 2 * (2**63 - 1)
            if price > amount:
                lab.expect(answer, 400, "insufficient balance", str(price))
            else:
                lab.expect(answer, 200)
                assert lab.user()["unsettledFee"] == price


def pages_and_other_machines_are_kept_out():
    with Lab() as lab:
        for url in (lab.pa.url, lab.ua.url):
            lab.expect(call(url + "/v1/service", headers={"Host": "evil.example"}), 403)
            lab.expect(call(url + "/v1/service", headers={"Origin": "https://evil.example"}), 403)
            lab.expect(call(url + "/v1/service", headers={"Sec-Fetch-Site": "cross-site"}), 403)
            lab.expect(call(url + "/v1/service"), 200)
        lab.expect(call(lab.path(), "POST", chat("x"), {"Origin": "https://evil.example"}), 403)
        assert lab.service.requests == []


def unknown_paths_and_methods_are_said_to_be_so():
    with Lab() as lab:
        for url, method in ((lab.pa.url + "/v1/none", "GET"), (lab.ua.url + "/", "GET"), (lab.ua.url + "/v1/none", "POST"), (lab.pa.url + "/v2/service", "GET")):
            assert call(url, method).status == 404
        for url, method in ((lab.pa.url + "/v1/settle", "GET"), (lab.ua.url + "/v1/service", "DELETE"), (lab.path(), "PUT"), (lab.ua.url + "/v1/provider", "PUT")):
            assert call(url, method).status == 405
        lab.expect(call(f"{lab.ua.url}/v1/provider/0x12/charge", "POST", {"balance": 1}), 400)


def paths_take_addresses_in_any_letter_case():
    with Lab() as lab:
        for text in (PROVIDER.lower(), "0x" + PROVIDER[2:].upper()):
            lab.expect(call(f"{lab.ua.url}/v1/provider/{text}/charge", "POST", {"balance": 1}), 202)
            lab.expect(call(f"{lab.ua.url}/v1/provider/{text}/service/llama7b/v1/chat/completions", "POST", chat("x")), 200)
        assert lab.account()["balance"] == 10_000_002


def bodies_are_bounded():
    with Lab() as lab:
        where = (lab.pa.url.rsplit(":", 1)[1], lab.ua.url.rsplit(":", 1)[1])
        for port in where:
            with socket.create_connection(("127.0.0.1", int(port))) as s:
                s.sendall(b"POST /v1/service HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n")
                s.settimeout(10)
                assert s.recv(100).split()[1] == b"413"
