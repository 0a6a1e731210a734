// A development chain on a free port of loopback with Serving.sol deployed on it, until standard input ends.
//
// Prints one line of JSON: {"url", "contract", "keys": [hex, …]}. Lines of standard input move its time: "pass SECONDS".
"use strict";
const crypto = require("crypto");
const fs = require("fs");
const path = require("path");
const readline = require("readline");
const ganache = require("ganache");

function compiled() {
  const source = fs.readFileSync(path.join(__dirname, "Serving.sol"));
  const made = JSON.parse(fs.readFileSync(path.join(__dirname, "serving.json"), "utf8"));
  if (made.source !== crypto.createHash("sha256").update(source).digest("hex")) throw new Error("serving.json is not of this Serving.sol: run compile.js");
  return made.bytecode;
}

async function main() {
  const server = ganache.server({
    wallet: { seed: "sluice", totalAccounts: 4 },
    chain: { chainId: 16600, hardfork: "merge" },
    logging: { quiet: true },
  });
  await server.listen(0, "127.0.0.1");
  const provider = server.provider;
  const accounts = provider.getInitialAccounts();
  const [deployer] = Object.keys(accounts);
  const hash = await provider.request({ method: "eth_sendTransaction", params: [{ from: deployer, data: compiled(), gas: "0x" + (6000000).toString(16) }] });
  const receipt = await provider.request({ method: "eth_getTransactionReceipt", params: [hash] });
  if (receipt.status !== "0x1") throw new Error("the contract could not be deployed");
  console.log(JSON.stringify({
    url: `http://127.0.0.1:${server.address().port}`,
    contract: receipt.contractAddress,
    keys: Object.values(accounts).map((account) => account.secretKey),
  }));
  const lines = readline.createInterface({ input: process.stdin });
  lines.on("line", async (line) => {
    const [word, seconds] = line.split(" ");
    if (word !== "pass") return;
    await provider.request({ method: "evm_increaseTime", params: [Number(seconds)] });
    await provider.request({ method: "evm_mine", params: [] });
    console.log("passed");
  });
  lines.on("close", () => process.exit(0));
}

main().catch((error) => {
  console.error(String(error && error.stack ? error.stack : error));
  process.exit(1);
});
