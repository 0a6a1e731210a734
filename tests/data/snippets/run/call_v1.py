# requires livepeer-client (not yet published)
# Written to the version 1 specification of Gateway · BYOC, directly to an orchestrator
# Use a fresh virtual environment: the unrelated package “livepeer” would hide this one.
import json
import os

from livepeer.client import Gateway

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

signer_auth = os.environ.get("LIVEPEER_SIGNER_AUTH")
gateway = Gateway(
    orch_url=os.environ["LIVEPEER_ORCH_URL"],
    signer_url=os.environ["LIVEPEER_SIGNER_URL"],
    signer_headers={"Authorization": signer_auth} if signer_auth else None,
)
result = gateway.run("text-analysis", input=payload, timeout=60)
print(json.dumps(result, ensure_ascii=False, indent=2))
