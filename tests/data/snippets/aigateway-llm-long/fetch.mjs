// JavaScript, Node 18 or later, without packages · a Livepeer AI gateway
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";

const need = (name) => {
  if (!process.env[name]) throw new Error(name + " is not set");
  return process.env[name];
};
const gateway = need("LIVEPEER_AI_GATEWAY_URL").replace(/\/$/, "");
const key = process.env.LIVEPEER_AI_GATEWAY_KEY;
const authorization = key ? { Authorization: "Bearer " + key } : {};
const signal = AbortSignal.timeout(60_000);
const post = (path, body, headers = {}) =>
  fetch(gateway + path, { method: "POST", headers: { ...authorization, ...headers }, body, signal });
const json = { "Content-Type": "application/json" };
const refused = async (answer) => {
  if (!answer.ok) throw new Error("HTTP " + answer.status + ": " + (await answer.text()));
};

const contentFile = "content.bin";
const input = {
  model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
  messages: [
    {
      role: "user",
      content: readFileSync(contentFile).toString("base64"),
    },
  ],
  stream: false,
  max_tokens: 256,
};
const body = JSON.stringify(input);

// What gateways up to 0.8.2 take instead.
const form = (parts) => {
  const boundary = randomUUID();
  const pieces = parts.flatMap(([head, value]) => [`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`, value, "\r\n"]);
  const bytes = [...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece));
  return [Buffer.concat(bytes), { "Content-Type": "multipart/form-data; boundary=" + boundary }];
};
const promptFile = "prompt.bin";
const older = () =>
  form([
    ["name=\"prompt\"", readFileSync(promptFile).toString("base64")],
    ["name=\"model_id\"", "meta-llama/Meta-Llama-3.1-8B-Instruct"],
    ["name=\"max_tokens\"", "256"],
    ["name=\"stream\"", "false"],
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
const answer = await response.json();
if (!answer.response && !answer.choices?.length) throw new Error("The answer has no text: " + JSON.stringify(answer));
console.log(textOf(answer));
