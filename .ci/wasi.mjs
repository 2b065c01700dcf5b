// node .ci/wasi.mjs MODULE ARGUMENT…: runs tests that were compiled for wasm32-wasip1.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { WASI } from "node:wasi";

const args = process.argv.slice(2);
// A test that fails ends the program, and with it what was held back of its words.
const env = { RUST_TEST_NOCAPTURE: "1" };
const preopens = { "/": fileURLToPath(new URL("..", import.meta.url)) };
const wasi = new WASI({ version: "preview1", args, env, preopens });
const module = await WebAssembly.compile(await readFile(args[0]));
process.exitCode = wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
