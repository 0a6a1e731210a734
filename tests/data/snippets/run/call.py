# livepeer-gateway 1.0 (Python 3.12 or later) · BYOC, directly to an orchestrator
# pip install "livepeer-gateway>=1.0.0"
# This package pays through a remote signer and in no other way: without LIVEPEER_SIGNER_URL the job goes out
# unsigned and unpaid, which only a free test network accepts.
# It asks for the terms of payment at port 8935 of the orchestrator's host, whatever port the job goes to.
import json
import os
import sys

from livepeer_gateway.byoc import ByocJobRequest, submit_byoc_job
from livepeer_gateway.errors import LivepeerGatewayError

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

job = ByocJobRequest(capability="text-analysis", payload=payload, timeout_seconds=60)
signer_auth = os.environ.get("LIVEPEER_SIGNER_AUTH")
try:
    result = submit_byoc_job(
        job,
        orch_url=os.environ["LIVEPEER_ORCH_URL"],
        signer_url=os.environ.get("LIVEPEER_SIGNER_URL"),
        signer_headers={"Authorization": signer_auth} if signer_auth else None,
        timeout=70,
    )
except LivepeerGatewayError as error:
    sys.exit(f"livepeer: {error}")
if isinstance(result.data, bytes):
    sys.stdout.buffer.write(result.data)
else:
    print(json.dumps(result.data, ensure_ascii=False, indent=2))
