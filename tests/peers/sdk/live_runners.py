"""Apps of live runners on the official SDK, called and served: live_runners.py TASK ARGUMENTS, with arguments as JSON (see network.py).

A task gives what is printed as JSON; `serve` prints a line when its apps are registered, and works until its input ends.
"""
import asyncio
import json
import logging
import sys

from aiohttp import ClientSession, WSMsgType, web
import livepeer_gateway as lp

TASKS = {}
LIMIT = 20


def task(function):
    TASKS[function.__name__] = function
    return function


async def runner_of(orchestrator, app):
    entries = await lp.discover_runners(discovery_url=orchestrator + "/discovery", app=app)
    listed = [one for entry in entries for one in entry["runners"] if one["app"] == app]
    if len(listed) != 1:
        raise SystemExit(f"{app} is listed {len(listed)} times in {entries}")
    price = listed[0].get("price_info")
    return lp.LiveRunnerInstance(url=listed[0]["url"], app=app, runner_id="", mode=listed[0]["mode"], orchestrator_url=orchestrator, raw=listed[0],
                                 price_info=lp.LiveRunnerPriceInfo(**price) if price else None)


@task
async def discover_runners(orchestrator, signer, app=None, through_signer=False):
    if through_signer:
        return await lp.discover_runners(signer_url=signer, app=app)
    return await lp.discover_runners(discovery_url=orchestrator + "/discovery", app=app)


@task
async def call_runner(orchestrator, signer, app, path, payload):
    runner = await runner_of(orchestrator, app)
    try:
        answer = await lp.call_runner(runner.url + path, runner=runner, payload=payload, signer_url=signer, timeout=LIMIT)
    except lp.LivepeerGatewayError as error:
        return {"error": str(error), "type": type(error).__name__}
    return {"data": answer.data, "session": answer.session_id, "unit": runner.price_info.unit}


@task
async def call_runner_streaming(orchestrator, signer, app, path, payload):
    runner = await runner_of(orchestrator, app)
    stream = await lp.call_runner(runner.url + path, runner=runner, payload=payload, signer_url=signer, timeout=LIMIT, stream=True)
    came, loop = [], asyncio.get_running_loop()
    async with stream:
        async for line in stream.aiter_lines():
            if line.startswith("data:"):
                came.append([round(loop.time(), 3), line[5:].strip()])
    return {"status": stream.status, "content_type": stream.content_type, "lines": came, "unit": runner.price_info.unit,
            "metered": stream.payment_session is not None}


@task
async def reserve_session(orchestrator, signer, app, path, payload, seconds):
    """Holds it so long, calling before and after."""
    session = await lp.reserve_session(discovery_url=orchestrator + "/discovery", signer_url=signer, app=app, timeout=LIMIT)
    statuses = []
    async with ClientSession() as http:
        async def ask():
            async with http.post(session.app_url + path, json=payload, ssl=False) as reply:
                statuses.append(reply.status)
                return await reply.json() if reply.status == 200 else await reply.text()
        async with session:
            first = await ask()
            await asyncio.sleep(seconds)
            await ask()
        after = await ask()
    return {"session": session.session_id, "statuses": statuses, "first": first, "after": after, "released": session.released}


class Apps:
    """acme/hello answers once and streams; acme/cam has channels, a proxy and a socket in its sessions."""

    def __init__(self):
        self.registrations = {}
        self.events = []

    async def hello(self, request):
        return web.json_response({"hello": (await request.json()).get("name"), "session": request.headers["Livepeer-Session-Id"]})

    async def count(self, request):
        to = (await request.json())["to"]
        reply = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await reply.prepare(request)
        for number in range(to):
            await reply.write(b'data: {"number":%d}\n\n' % number)
            await asyncio.sleep(0.2)
        return reply

    async def start(self, request):
        registration = self.registrations["cam"]
        channels = await registration.create_trickle_channels(request, [{"name": "out", "mime_type": "application/json"}])
        proxy = await registration.create_proxy(request)
        return web.json_response({"channels": channels, "proxy": proxy.url, "session": request.headers["Livepeer-Session-Id"]})

    async def remove(self, request):
        return web.json_response({"removed": await self.registrations["cam"].remove_trickle_channels(request, ["out"])})

    async def echo(self, request):
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                await socket.send_str("echo " + message.data)
        return socket

    async def told(self, _):
        return web.json_response(self.events)

    def happened(self, event):
        self.events.append([event.event, event.session_id])

    async def serve(self, orchestrator, secret):
        app = web.Application()
        app.add_routes([web.post("/hello", self.hello), web.post("/count", self.count), web.post("/start", self.start), web.post("/remove", self.remove),
                        web.get("/echo", self.echo), web.get("/events", self.told)])
        serving = web.AppRunner(app)
        await serving.setup()
        site = web.TCPSite(serving, "127.0.0.1", 0)
        await site.start()
        address = "http://127.0.0.1:%d" % site._server.sockets[0].getsockname()[1]
        common = {"secret": secret, "runner_url": address, "auto_detect_gpu": False}
        self.registrations["hello"] = await lp.register_runner(orchestrator, app="acme/hello", mode="single-shot", price="0.00005", unit="fixed", **common)
        self.registrations["count"] = await lp.register_runner(orchestrator, app="acme/count", mode="single-shot", price="0.0072", unit="hour", **common)
        self.registrations["cam"] = await lp.register_runner(orchestrator, app="acme/cam", mode="persistent", price="0.0072", unit="hour", runner_id="cam-1",
                                                             on_session_reserve=self.happened, on_session_release=self.happened, **common)
        print(json.dumps({"address": address, "ids": {name: one.runner_id for name, one in self.registrations.items()},
                          "heartbeat": [self.registrations["cam"].heartbeat_interval_s, self.registrations["cam"].heartbeat_ttl_s]}), flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        for registration in self.registrations.values():
            await registration.close()
        await serving.cleanup()
        return self.events


@task
async def serve(orchestrator, signer, secret):
    return await Apps().serve(orchestrator, secret)


@task
async def use_camera(orchestrator, signer):
    """A caller of acme/cam: its channels, its proxy and its socket."""
    session = await lp.reserve_session(discovery_url=orchestrator + "/discovery", signer_url=signer, app="acme/cam", timeout=LIMIT)
    seen = {"session": session.session_id}
    async with session, ClientSession() as http:
        async with http.post(session.app_url + "/start", json={}, ssl=False) as reply:
            seen["started"] = await reply.json()
        async with http.post(seen["started"]["proxy"] + "/hello", json={"name": "by proxy"}, ssl=False) as reply:
            seen["by_proxy"] = await reply.json()
        async with http.ws_connect(session.app_url.replace("http", "ws", 1) + "/echo", ssl=False) as socket:
            await socket.send_str("x" * 100_000)
            seen["echoed"] = len(await socket.receive_str(timeout=LIMIT))
        async with http.post(session.app_url + "/remove", json={}, ssl=False) as reply:
            seen["removed"] = (await reply.json())["removed"]
    return seen


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    print(json.dumps(asyncio.run(TASKS[sys.argv[1]](**json.loads(sys.argv[2])))))
