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
    answer = client.chat.completions.create(
        model="meta-llama/Llama-3.1-8B-Instruct",
        messages=[
            {
                "role": "system",
                "content": "Be brief.",
            },
            {
                "role": "user",
                "content": "It's \"fine\", isn't it?\n</script>",
            },
        ],
        temperature=0.5,
        stream=True,
        stream_options={
            "include_usage": True,
        },
        extra_body={
            "top_k": 40,
        },
    )
    for chunk in answer:
        for choice in chunk.choices:
            print(choice.delta.content or "", end="", flush=True)
    print()
except OpenAIError as error:
    sys.exit(f"openai: {error}")
