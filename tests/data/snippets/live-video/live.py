# livepeer-gateway 1.0 (Python 3.12 or later) · live-video-to-video, directly to an orchestrator
# pip install "livepeer-gateway>=1.0.0"
# Usage: python3 live.py [VIDEO]    without a video, ten seconds of grey that grows brighter
import asyncio
import os
import sys
from fractions import Fraction

import av
from livepeer_gateway.errors import LivepeerGatewayError
from livepeer_gateway.lv2v import StartJobRequest, start_lv2v
from livepeer_gateway.media_publish import MediaPublishConfig, VideoOutputConfig

params = {
    "filter": "edges",
    "label": "live",
}

def pictures():
    if len(sys.argv) > 1:
        with av.open(sys.argv[1]) as video:
            yield from video.decode(video=0)
        return
    for number in range(300):
        picture = av.VideoFrame(640, 480, "rgb24")
        picture.planes[0].update(bytes([number % 256]) * picture.planes[0].buffer_size)
        picture.pts, picture.time_base = number, Fraction(1, 30)
        yield picture

async def show(job):
    async for picture in job.media_output().frames():
        if picture.kind == "video":
            print(f"{picture.width} x {picture.height}", flush=True)

async def main():
    request = StartJobRequest(model_id="noop", params=params)
    job = start_lv2v(None, request, token=os.environ["LIVEPEER_TOKEN"])
    showing = asyncio.create_task(show(job))
    try:
        media = job.start_media(MediaPublishConfig(tracks=[VideoOutputConfig(fps=30)]))
        for picture in pictures():
            await media.write_frame(picture)
            await asyncio.sleep(1 / 30)
        # Meanwhile, await job.control.write(params) changes them, and job.events() tells what happens.
        await asyncio.sleep(2)  # for what is still on its way
    finally:
        showing.cancel()
        await job.close()

try:
    asyncio.run(main())
except LivepeerGatewayError as error:
    sys.exit(f"livepeer: {error}")
