# requires livepeer-client (not yet published)
# Written to the version 1 specification of Gateway · live-video-to-video, directly to an orchestrator
# Use a fresh virtual environment: the unrelated package “livepeer” would hide this one.
import asyncio
import os

from livepeer.client import Gateway

payload = {
    "filter": "edges",
    "label": "live",
}

gateway = Gateway(token=os.environ["LIVEPEER_TOKEN"])

async def main():
    async with gateway.live("live-video-to-video", model="noop", params=payload) as session:
        published = session.publish(fps=30)  # await published.write_frame(frame), av.VideoFrame
        output = session.subscribe()         # async for frame in output.frames()
        if session.control:
            await session.control.write(payload)  # changes parameters while it runs
        if session.events:
            async for event in session.events():
                print(event, flush=True)

asyncio.run(main())
