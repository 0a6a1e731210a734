// JavaScript, Node 18 or later, without packages · a Livepeer AI gateway
// Not sent, because a gateway's /llm takes no such thing: stop.
import { randomUUID } from "node:crypto";

const need = (name) => {
  if (!process.env[name]) throw new Error(name + " is not set");
  return process.env[name];
};
const gateway = need("LIVEPEER_AI_GATEWAY_URL").replace(/\/$/, "");
const key = process.env.LIVEPEER_AI_GATEWAY_KEY;
const authorization = key ? { Authorization: "Bearer " + key } : {};
const post = (path, body, headers = {}) =>
  fetch(gateway + path, { method: "POST", headers: { ...authorization, ...headers }, body });
const json = { "Content-Type": "application/json" };
const refused = async (answer) => {
  if (!answer.ok) throw new Error("HTTP " + answer.status + ": " + (await answer.text()));
};

const input = {
  model: "org/model",
  messages: [
    {
      role: "system",
      content: "Be brief.",
    },
    {
      role: "user",
      content: "It's \"fine\", isn't it?\n<\/script> $HOME",
    },
  ],
  stream: true,
  max_tokens: 12,
  temperature: 0.5,
};
const body = JSON.stringify(input);

// What gateways up to 0.8.2 take instead.
const form = (parts) => {
  const boundary = randomUUID();
  const pieces = parts.flatMap(([head, value]) => [`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`, value, "\r\n"]);
  const bytes = [...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece));
  return [Buffer.concat(bytes), { "Content-Type": "multipart/form-data; boundary=" + boundary }];
};
const older = () =>
  form([
    ["name=\"prompt\"", "It's \"fine\", isn't it?\n<\/script> $HOME"],
    ["name=\"model_id\"", "org/model"],
    ["name=\"system_msg\"", "Be brief."],
    ["name=\"temperature\"", "0.5"],
    ["name=\"max_tokens\"", "12"],
    ["name=\"stream\"", "true"],
  ]);
// They refuse this before anything is done or paid.
const asked = await post("/llm", "{}", json);
const takesForm = (await asked.text()).includes("multipart/form-data") && asked.status === 400;
const response = await post("/llm", ...(takesForm ? older() : [body, json]));
await refused(response);
const textOf = (said) => {
  if (said.error) throw new Error(said.error.message ?? JSON.stringify(said.error));
  if (said.done) return ""; // its text is a mark
  const choices = (said.choices ?? []).map((choice) => (choice.message ?? choice.delta)?.content ?? "");
  return (said.response ?? said.chunk ?? "") + choices.join("");
};
let finished = (response.headers.get("content-type") ?? "").startsWith("application/json"); // it does not stream
if (finished) process.stdout.write(textOf(await response.json()));
const take = (line) => {
  const data = line.startsWith("data:") ? line.slice(5).trim() : "";
  if (!data) return false;
  if (data === "[DONE]") return true;
  const event = JSON.parse(data);
  process.stdout.write(textOf(event));
  return event.done || (event.choices ?? []).some((choice) => choice.finish_reason);
};
const decoder = new TextDecoder();
let rest = "";
if (!finished) {
  reading: for await (const bytes of response.body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      finished = take(line);
      if (finished) break reading;
    }
  }
}
finished ||= take(rest);
console.log();
if (!finished) throw new Error("The answer broke off.");
