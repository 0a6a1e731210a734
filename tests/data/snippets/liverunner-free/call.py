# livepeer-gateway 1.0 (Python 3.12 or later) · live runner, directly to an orchestrator
# pip install "livepeer-gateway>=1.0.0"
# This package pays through a remote signer and in no other way: without LIVEPEER_SIGNER_URL only a free app answers.
import asyncio
import json
import os
import sys

from livepeer_gateway.errors import LivepeerGatewayError
from livepeer_gateway.live_runner import call_runner
from livepeer_gateway.selection import runner_selector

payload = {
    "text": "it's a fine day, isn't it?\n</script>\u2028",
    "max_keywords": 5,
    "ratio": 0.25,
    "detailed": True,
    "language": None,
    "tags": [
        "a",
        "b",
    ],
    "options": {
        "order": [
            "z",
            "a",
        ],
        "b": 1,
        "a": 2,
    },
}

async def main():
    signer_auth = os.environ.get("LIVEPEER_SIGNER_AUTH")
    signer = {
        "signer_url": os.environ.get("LIVEPEER_SIGNER_URL") or None,
        "signer_headers": {"Authorization": signer_auth} if signer_auth else None,
    }
    network = {"orchestrators": os.environ["LIVEPEER_ORCH_URL"]}
    cursor = await runner_selector(app="acme/it's \"hello\"", **network, **signer)
    runner = cursor.candidates[0]
    url = runner.url.rstrip("/") + "/v1/say?lang=en&to=a%20b"
    result = await call_runner(runner=runner, runner_url=url, payload=payload, timeout=70, **signer)
    if result.content is None:
        print(json.dumps(result.data, ensure_ascii=False, indent=2))
    else:
        sys.stdout.buffer.write(result.content)

try:
    asyncio.run(main())
except LivepeerGatewayError as error:
    sys.exit(f"livepeer: {error}")
