// JavaScript, Node 18 or later, without packages · a user agent of 0G serving, which signs and pays
const need = (name) => {
  if (!process.env[name]) throw new Error(name + " is not set");
  return process.env[name];
};
// As text: JavaScript would change a number or a key of it.
const body = "{\"messages\":[{\"role\":\"user\",\"content\":\"It's \\\"fine\\\", isn't it?\\n<\/script> $HOME `id` \\\\ Grüße\"}],\"temperature\":0.50,\"stream\":true}";

const url = need("ZEROG_USER_AGENT_URL").replace(/\/$/, "") + "/v1/provider/0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266/service/llama7b/v1/chat/completions";
const headers = { "Content-Type": "application/json" };
const response = await fetch(url, { method: "POST", headers, body, redirect: "manual" });
if (!response.ok) throw new Error("HTTP " + response.status + ": " + (await response.text()));
// True at the end of the stream.
const take = (line) => {
  if (!line.startsWith("data:")) return false;
  const data = line.slice(5).replace(/^ /, "");
  if (data === "[DONE]") return true;
  const chunk = JSON.parse(data);
  if (chunk.error) throw new Error(chunk.error.message ?? chunk.error);
  for (const choice of chunk.choices ?? []) process.stdout.write(choice.delta?.content ?? "");
  return false;
};
const decoder = new TextDecoder();
let rest = "";
reading: for await (const bytes of response.body) {
  const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
  rest = lines.pop();
  for (const line of lines) if (take(line.replace(/\r$/, ""))) break reading;
}
console.log();
