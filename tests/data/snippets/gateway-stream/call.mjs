// JavaScript, Node 18 or later · BYOC, through a gateway that signs and pays
import { randomUUID } from "node:crypto";

const need = (name) => {
  if (!process.env[name]) throw new Error(name + " is not set");
  return process.env[name];
};
const input = {
  model: "docs",
  stream: true,
  messages: [
    {
      role: "user",
      content: "What's a ticket?",
    },
  ],
};
const body = JSON.stringify(input);

const job = { id: randomUUID(), ...{
  request: "{}",
  parameters: "{\"orchestrators\":{\"include\":[\"it's.example\"]}}",
  capability: "docs-chat",
  timeout_seconds: 60,
} };
const headers = { Livepeer: Buffer.from(JSON.stringify(job)).toString("base64"), "Content-Type": "application/json" };
const url = need("LIVEPEER_GATEWAY_URL").replace(/\/$/, "") + "/process/request/v1/chat%20completions";
const response = await fetch(url, { method: "POST", headers, body });
if (!response.ok) {
  const chunks = [];
  for await (const chunk of response.body ?? []) chunks.push(chunk);
  throw new Error("HTTP " + response.status + ": " + Buffer.concat(chunks));
}
const decoder = new TextDecoder();
// True at the end of the stream.
const take = (line) => {
  if (line === "event: insufficient balance") throw new Error("The balance ran out.");
  if (!line.startsWith("data:")) return false;
  const data = line.slice(5).replace(/^ /, "");
  if (data === "[DONE]") return true;
  if (/^\{"balance": ?-?[\d.]+\}$/.test(data)) console.error(data); // what is left, no part of the answer
  else console.log(data);
  return false;
};
let rest = "";
let finished = false;
reading: for await (const chunk of response.body) {
  const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
  rest = lines.pop();
  for (const line of lines) {
    finished = take(line.replace(/\r$/, ""));
    if (finished) break reading;
  }
}
if (!finished && rest) take(rest);
