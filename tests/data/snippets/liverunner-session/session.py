# livepeer-gateway 1.0 (Python 3.12 or later) · live runner, directly to an orchestrator
# pip install "livepeer-gateway>=1.0.0"
# This package pays through a remote signer and in no other way: without LIVEPEER_SIGNER_URL only a free app answers.
import asyncio
import json
import os
import sys

from livepeer_gateway.errors import LivepeerGatewayError
from livepeer_gateway.http import post_json
from livepeer_gateway.live_runner import stop_runner_session
from livepeer_gateway.selection import reserve_session

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
    session = await reserve_session(app="acme/it's \"hello\"", **network, **signer, timeout=30)
    async with session:  # it is paid for while this block lasts
        try:
            url = session.app_url.rstrip("/") + "/v1/say%20it"
            answer = await post_json(url, payload, timeout=70)
            print(json.dumps(answer, ensure_ascii=False, indent=2))
        finally:
            await stop_runner_session(session)

try:
    asyncio.run(main())
except LivepeerGatewayError as error:
    sys.exit(f"livepeer: {error}")
