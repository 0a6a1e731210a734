"""The exchange of the worker's own README with Python's `websockets`; prints what came, as one line of JSON. client.py URL PAYLOAD MODELS"""
import asyncio
import json
import sys
import urllib.request

import websockets

URL, PAYLOAD, MODELS = sys.argv[1:]


async def until_end(socket, texts):
    while not texts or json.loads(texts[-1])["type"] not in ("done", "failed"):
        texts.append(await asyncio.wait_for(socket.recv(), 20))


async def main():
    payload = open(PAYLOAD).read()
    found = {"exchange": [], "first": [], "second": [], "failed": []}
    async with websockets.connect(URL) as socket:
        await socket.send(payload)
        await until_end(socket, found["exchange"])
        unknown = json.loads(payload)
        unknown["assistant"]["streams"][0]["provider"] = "foo"
        await socket.send(json.dumps(unknown))
        await until_end(socket, found["failed"])
        held = dict(json.loads(payload), query="hold")
        held["assistant"]["streams"][0]["provider"] = "vllm"  # which is patient
        await socket.send(json.dumps(held))
        for _ in range(7):  # resp_add, the empty one, five pieces
            found["first"].append(await asyncio.wait_for(socket.recv(), 20))
        async with websockets.connect(URL) as second:
            await second.send(json.dumps({"type": "listen", "job_id": json.loads(found["first"][0])["job_id"]}))
            await second.ping()  # behind it: read by now
            await asyncio.sleep(0.2)
            await asyncio.to_thread(lambda: urllib.request.urlopen(MODELS + "/release").read())
            await until_end(second, found["second"])
    print(json.dumps(found))


asyncio.run(main())
