# livepeer-gateway 1.0 (Python 3.12 or later) · live runner, directly to an orchestrator
# pip install "livepeer-gateway>=1.0.0"
# This package pays through a remote signer and in no other way: without LIVEPEER_SIGNER_URL only a free app answers.
import asyncio
import base64
import json
import os
import sys
from pathlib import Path

from livepeer_gateway.errors import LivepeerGatewayError
from livepeer_gateway.live_runner import call_runner
from livepeer_gateway.selection import runner_selector

IMAGE_FILE = "image.png"
MASK_FILE = "it's a mask.png"
payload = {
    "filter": "edges",
    "image": base64.b64encode(Path(IMAGE_FILE).read_bytes()).decode(),
    "mask": "data:image/png;base64," + base64.b64encode(Path(MASK_FILE).read_bytes()).decode(),
    "icon": "aWNvbg==",
    "api_key": os.environ["INPUT_API_KEY"],
}

async def main():
    signer_auth = os.environ.get("LIVEPEER_SIGNER_AUTH")
    signer = {
        "signer_url": os.environ.get("LIVEPEER_SIGNER_URL") or None,
        "signer_headers": {"Authorization": signer_auth} if signer_auth else None,
    }
    network = {"orchestrators": os.environ["LIVEPEER_ORCH_URL"]}
    cursor = await runner_selector(app="acme/filter", **network, **signer)
    runner = cursor.candidates[0]
    url = runner.url.rstrip("/") + "/"
    result = await call_runner(runner=runner, runner_url=url, payload=payload, timeout=70, **signer)
    if result.content is None:
        print(json.dumps(result.data, ensure_ascii=False, indent=2))
    else:
        sys.stdout.buffer.write(result.content)

try:
    asyncio.run(main())
except LivepeerGatewayError as error:
    sys.exit(f"livepeer: {error}")
