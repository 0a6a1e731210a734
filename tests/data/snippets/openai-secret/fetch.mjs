// JavaScript, Node 18 or later, without packages · any OpenAI-compatible server
const need = (name) => {
  if (!process.env[name]) throw new Error(name + " is not set");
  return process.env[name];
};
const input = {
  model: "ranker",
  query: "q",
  api_key: need("INPUT_API_KEY"),
  stream: true,
};
const body = JSON.stringify(input);

const key = process.env.OPENAI_API_KEY;
const headers = {
  "Content-Type": "application/json",
  ...(key && { Authorization: "Bearer " + key }),
};
const url = need("OPENAI_BASE_URL").replace(/\/$/, "") + "/rank";
const response = await fetch(url, { method: "POST", headers, body });
if (!response.ok) throw new Error("HTTP " + response.status + ": " + (await response.text()));
// True at the end of the stream.
const take = (line) => {
  if (!line.startsWith("data:")) return false;
  const data = line.slice(5).replace(/^ /, "");
  if (data === "[DONE]") return true;
  console.log(data);
  return false;
};
const decoder = new TextDecoder();
let rest = "";
reading: for await (const bytes of response.body) {
  const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
  rest = lines.pop();
  for (const line of lines) if (take(line.replace(/\r$/, ""))) break reading;
}
