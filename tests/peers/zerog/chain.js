// A development chain on a free port of loopback with Serving.sol and Network.sol deployed on it, until standard input ends.
//
// Prints one line of JSON: {"url", "contract", "ledger", "inference", "keys": [hex, …]}. Lines of standard input move its time, "pass SECONDS", or
// send a transaction as one of the keys, "send KEY_INDEX TO VALUE DATA"; each is answered with a line.
"use strict";
const crypto = require("crypto");
const fs = require("fs");
const path = require("path");
const readline = require("readline");
const ganache = require("ganache");

const lockTime = 3600;
// As much gas as a block may have, where the test says so: "node chain.js GAS".
const blockGas = Number(process.argv[2] || 30000000);

function compiled(name) {
  const source = fs.readFileSync(path.join(__dirname, name + ".sol"));
  const made = JSON.parse(fs.readFileSync(path.join(__dirname, name.toLowerCase() + ".json"), "utf8"));
  if (made.source !== crypto.createHash("sha256").update(source).digest("hex")) throw new Error(`${name.toLowerCase()}.json is not of this ${name}.sol: run compile.js`);
  return made.bytecode;
}

function hex(number) {
  return "0x" + number.toString(16);
}

async function main() {
  const server = ganache.server({
    wallet: { seed: "sluice", totalAccounts: 4 },
    chain: { chainId: 16600, hardfork: "merge" },
    miner: { blockGasLimit: blockGas },
    logging: { quiet: true },
  });
  await server.listen(0, "127.0.0.1");
  const provider = server.provider;
  const accounts = provider.getInitialAccounts();
  const addresses = Object.keys(accounts);

  // Without an estimate, which takes this chain half a second.
  async function send(transaction) {
    const hash = await provider.request({ method: "eth_sendTransaction", params: [{ ...transaction, gas: hex(Math.min(6000000, blockGas)) }] });
    const receipt = await provider.request({ method: "eth_getTransactionReceipt", params: [hash] });
    if (receipt.status !== "0x1") throw new Error("the transaction was undone");
    return receipt;
  }

  async function deploy(bytecode, ...words) {
    const data = bytecode + words.map((word) => word.padStart(64, "0")).join("");
    return (await send({ from: addresses[0], data })).contractAddress;
  }

  const contract = await deploy(compiled("Serving").Serving);
  const network = compiled("Network");
  const ledger = await deploy(network.LedgerManager);
  const inference = await deploy(network.InferenceServing, lockTime.toString(16), ledger.slice(2));
  console.log(JSON.stringify({
    url: `http://127.0.0.1:${server.address().port}`,
    contract,
    ledger,
    inference,
    keys: Object.values(accounts).map((account) => account.secretKey),
  }));

  async function obey(line) {
    const [word, ...rest] = line.split(" ");
    if (word === "pass") {
      await provider.request({ method: "evm_increaseTime", params: [Number(rest[0])] });
      await provider.request({ method: "evm_mine", params: [] });
      return "passed";
    }
    if (word === "send") {
      const [from, to, value, data] = rest;
      await send({ from: addresses[Number(from)], to, value: hex(BigInt(value)), data });
      return "sent";
    }
    throw new Error(`no such word: ${word}`);
  }

  const lines = readline.createInterface({ input: process.stdin });
  lines.on("line", (line) => obey(line).then(console.log, (error) => console.log(`refused: ${String(error.message).split("\n")[0]}`)));
  lines.on("close", () => process.exit(0));
}

main().catch((error) => {
  console.error(String(error && error.stack ? error.stack : error));
  process.exit(1);
});
