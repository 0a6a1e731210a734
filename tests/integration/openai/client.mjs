// The same from the `openai` package of npm.
import OpenAI, { toFile } from "openai";

const model = "meta-llama/Llama-3.1-8B-Instruct";
const messages = [{ role: "system", content: "You are a helpful assistant." }, { role: "user", content: "Tell me more about the Livepeer network" }];
const client = new OpenAI({ maxRetries: 2, timeout: 20000 });

async function failure(words, more = {}) {
  try {
    await client.chat.completions.create({ model, messages: [{ role: "user", content: words }], ...more });
  } catch (error) {
    return [error.constructor.name, error.status, error.message, Boolean(error.requestID)];
  }
  return null;
}

const found = {};
found.answer = (await client.chat.completions.create({ model, messages })).choices[0].message.content;
found.streamed = "";
for await (const chunk of await client.chat.completions.create({ model, messages, stream: true, stream_options: { include_usage: true } })) {
  found.streamed += chunk.choices[0]?.delta?.content ?? "";
  found.usage = chunk.usage?.total_tokens ?? found.usage;
}
const helper = client.chat.completions.stream({ model, messages });
found.helper = (await helper.finalChatCompletion()).choices[0].message.content;
found.stop = (await client.chat.completions.create({ model, messages, stop: [" more"] })).choices[0].message.content;
found.n = (await client.chat.completions.create({ model, messages, n: 2 })).choices.map((choice) => choice.message.content);
if (client.responses) {
  found.response = (await client.responses.create({ model, input: "Hi", instructions: "Be brief" })).output_text;
  const stream = client.responses.stream({ model, input: "Hi" });
  found.response_streamed = (await stream.finalResponse()).output_text;
}
found.completion = (await client.completions.create({ model, prompt: "Hi" })).choices[0].text;
found.models = (await client.models.list()).data.map((one) => one.id);
found.image = (await client.images.generate({ model: "sd", prompt: "a cat", size: "640x384", response_format: "b64_json" })).data[0].b64_json.slice(0, 8);
found.transcript = (await client.audio.transcriptions.create({ model: "whisper", file: await toFile(Buffer.from("sound"), "a.wav") })).text;
found.speech = Buffer.from(await (await client.audio.speech.create({ model: "tts", voice: "alloy", input: "Hello" })).arrayBuffer()).subarray(0, 4).toString();
found.failures = {};
for (const status of [400, 429, 500, 503]) found.failures[status] = await failure(`fail ${status}`);
found.bad = await failure("Hi", { temperature: 9 });
// Leaving the loop closes the connection.
const controller = new AbortController();
try {
  for await (const chunk of await client.chat.completions.create({ model, messages: [{ role: "user", content: "slowly please" }], stream: true }, { signal: controller.signal })) {
    found.aborted = (found.aborted ?? "") + (chunk.choices[0]?.delta?.content ?? "");
    if (found.aborted) controller.abort();
  }
} catch (error) {
  found.abort = error.constructor.name;
}
console.log(JSON.stringify(found));
