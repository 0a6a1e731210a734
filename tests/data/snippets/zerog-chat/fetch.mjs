// JavaScript, Node 18 or later, without packages · a user agent of 0G serving, which signs and pays
const need = (name) => {
  if (!process.env[name]) throw new Error(name + " is not set");
  return process.env[name];
};
// As text: JavaScript would change a number or a key of it.
const body = "{\"messages\":[{\"role\":\"user\",\"content\":\"It's \\\"fine\\\", isn't it?\\n<\/script> $HOME `id` \\\\ Grüße\"}],\"temperature\":0.50,\"model\":\"org/model\"}";

const url = need("ZEROG_USER_AGENT_URL").replace(/\/$/, "") + "/v1/provider/0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266/service/llama7b/v1/chat/completions";
const headers = { "Content-Type": "application/json" };
const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal: AbortSignal.timeout(60_000) });
if (!response.ok) throw new Error("HTTP " + response.status + ": " + (await response.text()));
process.stdout.write(Buffer.from(await response.arrayBuffer()));
