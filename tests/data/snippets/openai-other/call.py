# openai 1.40 or later (Python 3.8 or later) · any OpenAI-compatible server
# pip install "openai>=1.40"
import json
import os
import sys

from openai import OpenAI, OpenAIError

client = OpenAI(
    base_url=os.environ["OPENAI_BASE_URL"],
    api_key=os.environ.get("OPENAI_API_KEY") or "none",  # any word where the server wants no key
    max_retries=0,  # a call is sent once: it may have to be paid
    timeout=60,
)
try:
    answer = client.post(
        "/my rank",
        cast_to=object,
        body={
            "model": "ranker",
            "query": "q",
            "documents": [
                "a",
            ],
        },
    )
    print(json.dumps(answer, ensure_ascii=False, indent=2))
except OpenAIError as error:
    sys.exit(f"openai: {error}")
