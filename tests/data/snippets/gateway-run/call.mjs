// JavaScript, Node 18 or later · BYOC, through a gateway that signs and pays
import { randomUUID } from "node:crypto";

const need = (name) => {
  if (!process.env[name]) throw new Error(name + " is not set");
  return process.env[name];
};
const input = {
  text: "it's a fine day, isn't it?\n<\/script>\u2028",
  max_keywords: 5,
  ratio: 0.25,
  detailed: true,
  language: null,
  tags: [
    "a",
    "b",
  ],
  options: {
    order: [
      "z",
      "a",
    ],
    b: 1,
    a: 2,
  },
};
const body = JSON.stringify(input);

const job = { id: randomUUID(), ...{
  request: "{}",
  parameters: "{\"orchestrators\":{\"include\":[\"it's.example\"]}}",
  capability: "text-analysis",
  timeout_seconds: 60,
} };
const headers = { Livepeer: Buffer.from(JSON.stringify(job)).toString("base64"), "Content-Type": "application/json" };
const url = need("LIVEPEER_GATEWAY_URL").replace(/\/$/, "") + "/process/request/text-analysis";
const response = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(70_000) });
const chunks = [];
for await (const chunk of response.body ?? []) chunks.push(chunk);
const answer = Buffer.concat(chunks);
if (!response.ok) throw new Error("HTTP " + response.status + ": " + answer);
if (answer.length === 0) throw new Error("No orchestrator took the job.");
process.stdout.write(answer);
