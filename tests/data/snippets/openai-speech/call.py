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
    answer = client.audio.speech.create(
        model="tts-1",
        input="The gate is open.",
        voice="alloy",
        response_format="wav",
    )
    answer.write_to_file("speech.wav")
    print("speech.wav")
except OpenAIError as error:
    sys.exit(f"openai: {error}")
