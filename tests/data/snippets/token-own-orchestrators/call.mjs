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

need("LIVEPEER_TOKEN"); // for sluicectl
const signed = JSON.parse(execFileSync("sluicectl", [
  "sign", "--capability", "text-analysis", "--path", "text-analysis", "--timeout", "60", "--input", "-", "--json", "--orchestrator", need("LIVEPEER_ORCH_URL"),
], { encoding: "utf8", input: body }));
const headers = { ...signed.headers, "Content-Type": "application/json" };
const response = await (signed.tls_pin ? pinnedFetch : fetch)(signed.url, { method: "POST", headers, body, signal: AbortSignal.timeout(70_000) });
const chunks = [];
for await (const chunk of response.body ?? []) chunks.push(chunk);
const answer = Buffer.concat(chunks);
if (!response.ok) throw new Error("HTTP " + response.status + ": " + answer);
process.stdout.write(answer);
