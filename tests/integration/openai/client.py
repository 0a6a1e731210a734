"""What the `openai` package from the Python registry finds at the server whose address is in OPENAI_BASE_URL. Prints what it found as JSON."""
import io
import json
import sys

import openai

MODEL = "meta-llama/Llama-3.1-8B-Instruct"
MESSAGES = [{"role": "system", "content": "You are a helpful assistant."}, {"role": "user", "content": "Tell me more about the Livepeer network"}]


def failure(client, words, **more):
    try:
        client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": words}], **more)
    except openai.APIStatusError as error:
        return [type(error).__name__, error.status_code, error.message, bool(error.request_id)]
    return None


def main():
    client = openai.OpenAI(max_retries=2, timeout=20)
    found = {"version": openai.__version__}
    found["answer"] = client.chat.completions.create(model=MODEL, messages=MESSAGES).choices[0].message.content
    stream = client.chat.completions.create(model=MODEL, messages=MESSAGES, stream=True, stream_options={"include_usage": True})
    chunks = list(stream)
    found["streamed"] = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    found["usage"] = chunks[-1].usage.total_tokens
    with client.chat.completions.stream(model=MODEL, messages=MESSAGES) as helper:
        helper.until_done()
        found["helper"] = helper.get_final_completion().choices[0].message.content
    found["stop"] = client.chat.completions.create(model=MODEL, messages=MESSAGES, stop=" more").choices[0].message.content
    found["n"] = [choice.message.content for choice in client.chat.completions.create(model=MODEL, messages=MESSAGES, n=2).choices]
    found["response"] = client.responses.create(model=MODEL, input="Hi", instructions="Be brief").output_text
    with client.responses.stream(model=MODEL, input="Hi") as helper:
        for _ in helper:
            pass
        found["response_streamed"] = helper.get_final_response().output_text
    found["completion"] = client.completions.create(model=MODEL, prompt="Hi").choices[0].text
    found["models"] = [model.id for model in client.models.list()]
    found["image"] = client.images.generate(model="sd", prompt="a cat", size="640x384", response_format="b64_json").data[0].b64_json[:8]
    found["edit"] = len(client.images.edit(model="sd", image=("in.png", b"png", "image/png"), prompt="brighter").data) if "--edits" in sys.argv else None
    found["transcript"] = client.audio.transcriptions.create(model="whisper", file=("a.wav", io.BytesIO(b"sound"))).text
    found["speech"] = client.audio.speech.create(model="tts", voice="alloy", input="Hello").read()[:4].decode()
    found["failures"] = {status: failure(client, f"fail {status}") for status in (400, 429, 500, 503)}
    found["bad"] = failure(client, "Hi", temperature=9)
    try:
        client.embeddings.create(model="m", input="x")
    except openai.APIStatusError as error:
        found["embeddings"] = error.status_code
    print(json.dumps(found))


main()
