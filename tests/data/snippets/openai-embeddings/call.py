# openai 1.40 or later (Python 3.8 or later) · any OpenAI-compatible server
# pip install "openai>=1.40"
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
    answer = client.embeddings.create(
        model="text-embedding-3-small",
        input=[
            "a",
            "b",
        ],
        encoding_format="float",
    )
    for item in answer.data:
        print(item.embedding)
except OpenAIError as error:
    sys.exit(f"openai: {error}")
