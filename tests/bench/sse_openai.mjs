// The same stream read with the npm package `openai`: the usual way an app reads chat chunks.
import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.argv[2], apiKey: "unused" });
const started = process.hrtime.bigint();
let chunks = 0;
let characters = 0;
const stream = await client.chat.completions.create({ model: "m", messages: [{ role: "user", content: "x" }], stream: true });
for await (const part of stream) {
  chunks += 1;
  characters += part.choices[0]?.delta?.content?.length ?? 0;
}
const seconds = Number(process.hrtime.bigint() - started) / 1e9;
console.log(JSON.stringify({ chunks, characters, seconds, chunks_per_second: Math.round(chunks / seconds) }));
