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
    "z first": "it's \"fine\" \\ `id` $(id) ${HOME} %s %d",
    "delimiters": "EOF\nJSON\nJSON_1\n)json\" ''' \"\"\" */ // #",
    "lines": "a\nb\r\nc\td\u2028e\u2029f\x85g",
    "hidden": "\x01\x1b[31m\x7f\u202edesrever\u202c\u200b\ufeff",
    "page": "</script><!-- ]]>",
    "trigraphs": "what??! ??= ??/ ???",
    "text": "çé 漢字 🙂 𝒳",
    "numbers": [
        9007199254740993,
        1.0,
        -0,
        1e5,
        1E-7,
        0.1,
        123456789012345678901234567890,
        -12,
        0,
    ],
    "true": True,
    "false": False,
    "null": None,
    "None": "None",
    "10": 1,
    "2": 2,
    "": "empty key",
    "__proto__": {
        "a": 1,
    },
    "class": [],
    "nested": {
        "o": {},
        "l": [
            [],
            {},
        ],
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
