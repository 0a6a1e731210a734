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
// As text: JavaScript would change a number or a key of it.
const body = "{\"z first\":\"it's \\\"fine\\\" \\\\ `id` $(id) ${HOME} %s %d\",\"delimiters\":\"EOF\\nJSON\\nJSON_1\\n)json\\\" ''' \\\"\\\"\\\" */ // #\",\"lines\":\"a\\nb\\r\\nc\\td\\u2028e\\u2029f\\u0085g\",\"hidden\":\"\\u0001\\u001b[31m\\u007f\\u202edesrever\\u202c\\u200b\\ufeff\",\"page\":\"<\/script><\x21-- ]]>\",\"trigraphs\":\"what??! ??= ??/ ???\",\"text\":\"çé 漢字 🙂 𝒳\",\"numbers\":[9007199254740993,1.0,-0,1e5,1E-7,0.1,123456789012345678901234567890,-12,0],\"true\":true,\"false\":false,\"null\":null,\"None\":\"None\",\"10\":1,\"2\":2,\"\":\"empty key\",\"__proto__\":{\"a\":1},\"class\":[],\"nested\":{\"o\":{},\"l\":[[],{}]}}";

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
  "sign", "--capability", "text-analysis", "--path", "text-analysis", "--timeout", "60", "--input", "-", "--json", "--orchestrator", need("LIVEPEER_ORCH_URL"),
], { encoding: "utf8", input: body }));
const headers = { ...signed.headers, "Content-Type": "application/json" };
const response = await (signed.tls_pin ? pinnedFetch : fetch)(signed.url, { method: "POST", headers, body, signal: AbortSignal.timeout(70_000) });
const chunks = [];
for await (const chunk of response.body ?? []) chunks.push(chunk);
const answer = Buffer.concat(chunks);
if (!response.ok) throw new Error("HTTP " + response.status + ": " + answer);
process.stdout.write(answer);
