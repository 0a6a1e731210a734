// JavaScript, Node 18 or later, without packages · any OpenAI-compatible server
const need = (name) => {
  if (!process.env[name]) throw new Error(name + " is not set");
  return process.env[name];
};
const input = {
  model: "tts-1",
  input: "The gate is open.",
  voice: "alloy",
  response_format: "wav",
};
const body = JSON.stringify(input);

const key = process.env.OPENAI_API_KEY;
const headers = {
  "Content-Type": "application/json",
  ...(key && { Authorization: "Bearer " + key }),
};
const url = need("OPENAI_BASE_URL").replace(/\/$/, "") + "/audio/speech";
const response = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(60_000) });
if (!response.ok) throw new Error("HTTP " + response.status + ": " + (await response.text()));
process.stdout.write(Buffer.from(await response.arrayBuffer()));
