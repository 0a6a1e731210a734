# livepeer-gateway 1.0 (Python 3.12 or later) · BYOC, directly to an orchestrator
# pip install "livepeer-gateway>=1.0.0"
# It asks for the terms of payment at port 8935 of the orchestrator's host, whatever port the job goes to.
import json
import os
import sys

from livepeer_gateway.byoc import ByocJobRequest, submit_byoc_job
from livepeer_gateway.errors import LivepeerGatewayError
from livepeer_gateway.token import parse_token

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
token = parse_token(os.environ["LIVEPEER_TOKEN"])
try:
    result = submit_byoc_job(
        job,
        orch_url=token["orchestrators"],
        discovery_url=token["discovery"],
        discovery_headers=token["discovery_headers"],
        signer_url=token["signer"],
        signer_headers=token["signer_headers"],
        timeout=70,
    )
except LivepeerGatewayError as error:
    sys.exit(f"livepeer: {error}")
if isinstance(result.data, bytes):
    sys.stdout.buffer.write(result.data)
else:
    print(json.dumps(result.data, ensure_ascii=False, indent=2))
