#!/usr/bin/env python3
"""The official SDK (livepeer-gateway 1.0.0) on the live runners of a sandbox: as a client, and as an app.

Usage: live_runners.py READY_FILE

READY_FILE is what a running `sluicectl sandbox` keeps beside its state. Prints one line for each thing that works, and fails at the first
that does not.
"""
import asyncio
import json
import sys

from aiohttp import ClientSession, WSMsgType, web
import livepeer_gateway as lp

READY = json.load(open(sys.argv[1]))
NODE = READY["orchestrator"]
SIGNER = READY["services"]["signer"]["url"]
SECRET = READY["secret"]
DISCOVERY = NODE + "/discovery"


def works(what, *seen):
    print("works:", what, *seen, flush=True)


async def runner_of(app):
    entries = await lp.discover_runners(discovery_url=DISCOVERY, app=app)
    assert len(entries) == 1 and entries[0]["address"] == NODE, entries
    listed = [one for one in entries[0]["runners"] if one["app"] == app]
    assert len(listed) == 1, (app, entries)
    price = listed[0].get("price_info")
    return lp.LiveRunnerInstance(url=listed[0]["url"], app=app, runner_id="", mode=listed[0]["mode"], orchestrator_url=NODE, raw=listed[0],
                                 price_info=lp.LiveRunnerPriceInfo(**price) if price else None)


async def call(app, path, payload, **options):
    runner = await runner_of(app)
    return await lp.call_runner(runner.url + path, runner=runner, payload=payload, signer_url=SIGNER, timeout=20, **options)


async def as_client():
    entries = await lp.discover_runners(discovery_url=DISCOVERY)
    works("discover_runners", [one["app"] for one in entries[0]["runners"]])
    answer = await call("sluice/text-analysis", "/predict", {"text": "What a lovely day, said the fox."})
    assert answer.data, answer
    works("call_runner, fixed", sorted(answer.data))
    stream = await call("sluice/docs-chat", CHAT_PATH, CHAT, stream=True)
    async with stream:
        assert stream.status == 200 and stream.content_type == "text/event-stream", (stream.status, stream.content_type)
        lines = [line async for line in stream.aiter_lines() if line.startswith("data:")]
    assert len(lines) > 1, lines
    works("call_runner, streaming, seconds", len(lines), "events")
    session = await lp.reserve_session(discovery_url=DISCOVERY, signer_url=SIGNER, app="sluice/docs-chat-session", timeout=20)
    async with session:
        async with ClientSession() as http:
            for _ in range(2):
                async with http.post(session.app_url + CHAT_PATH, json=CHAT | {"stream": False}, ssl=False) as reply:
                    assert reply.status == 200, (reply.status, await reply.text())
                await asyncio.sleep(4)  # longer than until its first further payment
    async with ClientSession() as http, http.post(session.app_url + CHAT_PATH, json=CHAT, ssl=False) as reply:
        assert reply.status == 404, reply.status
    works("reserve_session, an app path, payments, stop")


def application(registrations):
    async def hello(request):
        return web.json_response({"hello": (await request.json()).get("name"), "session": request.headers["Livepeer-Session-Id"]})

    async def start(request):
        registration = registrations["cam"]
        channels = await registration.create_trickle_channels(request, [{"name": "out", "mime_type": "application/json"}])
        proxy = await registration.create_proxy(request)
        return web.json_response({"channels": channels, "proxy": proxy.url, "known": list(registration.active_session_ids)})

    async def echo(request):
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                await socket.send_str("echo " + message.data)
        return socket

    app = web.Application()
    app.add_routes([web.post("/hello", hello), web.post("/start", start), web.get("/echo", echo)])
    return app


async def as_app():
    registrations = {}
    serving = web.AppRunner(application(registrations))
    await serving.setup()
    site = web.TCPSite(serving, "127.0.0.1", 0)
    await site.start()
    address = "http://127.0.0.1:%d" % site._server.sockets[0].getsockname()[1]
    events = []
    common = {"secret": SECRET, "runner_url": address, "auto_detect_gpu": False}
    registrations["hello"] = await lp.register_runner(NODE, app="acme/hello", mode="single-shot", price="0.00005", unit="fixed", **common)
    registrations["cam"] = await lp.register_runner(NODE, app="acme/cam", mode="persistent", price=0.0072, unit="hour", runner_id="cam-1",
                                                    on_session_reserve=events.append, on_session_release=events.append, **common)
    works("register_runner", registrations["hello"].runner_id, registrations["cam"].heartbeat_interval_s, registrations["cam"].heartbeat_ttl_s)
    answer = await call("acme/hello", "/hello", {"name": "Bo"})
    assert answer.data["hello"] == "Bo" and answer.data["session"] == answer.session_id, answer
    works("an app of one's own, single-shot")
    session = await lp.reserve_session(discovery_url=DISCOVERY, signer_url=SIGNER, app="acme/cam", timeout=20)
    async with session, ClientSession() as http:
        async with http.post(session.app_url + "/start", json={}, ssl=False) as reply:
            assert reply.status == 200, (reply.status, await reply.text())
            started = await reply.json()
        assert started["channels"][0]["channel_name"] == session.session_id + "-out", started
        async with http.post(started["proxy"] + "/hello", json={"name": "by proxy"}, ssl=False) as reply:
            assert (await reply.json())["session"] == session.session_id
        async with http.ws_connect(session.app_url.replace("http", "ws", 1) + "/echo", ssl=False) as socket:
            await socket.send_str("x" * 100000)
            assert (await socket.receive_str(timeout=10)) == "echo " + "x" * 100000
        works("channels, proxy, websocket")
        await asyncio.sleep(6)  # a heartbeat, and a debit
    for _ in range(100):
        if len(events) == 2:
            break
        await asyncio.sleep(0.1)
    assert [(one.event, one.session_id) for one in events] == [("reserved", session.session_id), ("released", session.session_id)], events
    works("o2r events")
    for registration in registrations.values():
        await registration.close()
    entries = await lp.discover_runners(discovery_url=DISCOVERY)
    assert not [one for one in entries[0]["runners"] if one["app"].startswith("acme/")], entries
    works("unregister")
    await serving.cleanup()


CHAT = {"messages": [{"role": "user", "content": "What is a ticket?"}], "stream": True}
CHAT_PATH = "/v1/chat/completions"


async def main():
    await as_client()
    await as_app()


asyncio.run(main())
