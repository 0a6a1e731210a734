# requires livepeer-client (not yet published)
# Written to the version 1 specification of Gateway · BYOC, directly to an orchestrator
# Use a fresh virtual environment: the unrelated package “livepeer” would hide this one.
import json
import os

from livepeer.client import Gateway

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

signer_auth = os.environ.get("LIVEPEER_SIGNER_AUTH")
gateway = Gateway(
    orch_url=os.environ["LIVEPEER_ORCH_URL"],
    signer_url=os.environ["LIVEPEER_SIGNER_URL"],
    signer_headers={"Authorization": signer_auth} if signer_auth else None,
)
result = gateway.run("text-analysis", input=payload, timeout=60)
print(json.dumps(result, ensure_ascii=False, indent=2))
