// JavaScript, Node 18 or later, without packages · a user agent of 0G serving, which signs and pays
import { readFileSync } from "node:fs";

const need = (name) => {
  if (!process.env[name]) throw new Error(name + " is not set");
  return process.env[name];
};
const dataFile = "data.bin";
const input = {
  jsonrpc: "2.0",
  id: 1,
  method: "zgs_uploadSegment",
  params: [
    {
      root: "0x12",
      data: readFileSync(dataFile).toString("base64"),
    },
  ],
};
const body = JSON.stringify(input);

const url = need("ZEROG_USER_AGENT_URL").replace(/\/$/, "") + "/v1/provider/0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266/service/files";
const headers = { "Content-Type": "application/json" };
const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal: AbortSignal.timeout(60_000) });
if (!response.ok) throw new Error("HTTP " + response.status + ": " + (await response.text()));
process.stdout.write(Buffer.from(await response.arrayBuffer()));
