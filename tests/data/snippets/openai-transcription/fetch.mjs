// JavaScript, Node 18 or later, without packages · any OpenAI-compatible server
import { readFileSync } from "node:fs";

const need = (name) => {
  if (!process.env[name]) throw new Error(name + " is not set");
  return process.env[name];
};
const file = "file.wav";
const body = new FormData();
body.append("model", "whisper-1");
body.append("file", new Blob([readFileSync(file)]), file);
body.append("language", "en");
body.append("temperature", "0.0");
body.append("timestamp_granularities[]", "word");
body.append("timestamp_granularities[]", "segment");

const key = process.env.OPENAI_API_KEY;
const headers = {
  ...(key && { Authorization: "Bearer " + key }),
};
const url = need("OPENAI_BASE_URL").replace(/\/$/, "") + "/audio/transcriptions";
const response = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(60_000) });
if (!response.ok) throw new Error("HTTP " + response.status + ": " + (await response.text()));
process.stdout.write(Buffer.from(await response.arrayBuffer()));
