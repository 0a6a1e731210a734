# livepeer-gateway 1.0 (Python 3.12 or later) · live-video-to-video, directly to an orchestrator
# pip install "livepeer-gateway>=1.0.0" av
# Usage: python3 live.py VIDEO
import asyncio
import os
import sys

import av
from livepeer_gateway.errors import LivepeerGatewayError
from livepeer_gateway.lv2v import StartJobRequest, start_lv2v
from livepeer_gateway.media_publish import MediaPublishConfig, VideoOutputConfig

params = {
    "filter": "edges",
    "label": "live",
}

async def main():
    request = StartJobRequest(model_id="noop", params=params)
    job = start_lv2v(None, request, token=os.environ["LIVEPEER_TOKEN"])
    try:
        media = job.start_media(MediaPublishConfig(tracks=[VideoOutputConfig(fps=30)]))
        with av.open(sys.argv[1]) as video:
            for frame in video.decode(video=0):
                await media.write_frame(frame)
                await asyncio.sleep(1 / 30)
    finally:
        await job.close()

try:
    asyncio.run(main())
except LivepeerGatewayError as error:
    sys.exit(f"livepeer: {error}")
