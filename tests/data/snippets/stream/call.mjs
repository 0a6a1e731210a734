// JavaScript, Node 18 or later · BYOC, directly to an orchestrator
// Node has no ticket library: sluicectl (Sluice 0.1.0) signs the job and pays for it, the request is made here.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import https from "node:https";
import net from "node:net";
import tls from "node:tls";

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

// An orchestrator signs its own certificate: its key must be the one that sluicectl knows. fetch() cannot compare keys.
async function pinnedFetch(address, { signal, body, ...options }) {
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const socket = tls.connect({
    host, port: Number(url.port || 443), servername: net.isIP(host) ? "" : host, rejectUnauthorized: false,
  });
  await once(socket, "secureConnect", { signal });
  const key = socket.getPeerX509Certificate().publicKey.export({ type: "spki", format: "der" });
  if ("sha256//" + createHash("sha256").update(key).digest("base64") !== signed.tls_pin) {
    socket.destroy();
    throw new Error("The orchestrator's TLS key changed. Nothing was sent.");
  }
  const request = https.request(url, { ...options, signal, createConnection: () => socket });
  request.end(body);
  const [answer] = await once(request, "response");
  return { ok: answer.statusCode < 300, status: answer.statusCode, body: answer };
}

need("SLUICE_SENDER_KEY"); // for sluicectl
const signed = JSON.parse(execFileSync("sluicectl", [
  "sign", "--capability", "docs-chat", "--path", "v1/chat completions", "--timeout", "60", "--max-spend", "5000000000", "--input", "-", "--json", "--orchestrator", need("LIVEPEER_ORCH_URL"),
], { encoding: "utf8", input: body }));
const headers = { ...signed.headers, "Content-Type": "application/json" };
const response = await (signed.tls_pin ? pinnedFetch : fetch)(signed.url, { method: "POST", headers, body });
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
