// The live figures: the module answers as the reader's own machine does, and the page turns as it says.
// `npm test --prefix book/browser` from the repository's root, once the book is built.

import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

import { DESKTOP, openBook } from './book.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const POSITIONS = 400; // at least, compared with this machine's own answers
const FIRST_TOUCH = 250_000; // bytes, compressed
const FRAME = 16; // ms until a light figure is redrawn, in the middle
const PAGES = 14; // at least, on which something can be turned
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };

const book = await openBook();
after(() => book.close());
const bytes = await readFile(join(book.folder, 'live/figures.wasm'));

describe('the module of the live figures', () => {
  it('imports nothing: no clock, no randomness, no host', async () => {
    assert.deepEqual(WebAssembly.Module.imports(await WebAssembly.compile(bytes)), []);
  });

  it(`weighs at most ${FIRST_TOUCH / 1000} kB on the first touch, compressed`, async (t) => {
    const scripts = await Promise.all(['knobs.js', 'worker.js'].map((name) => readFile(join(book.folder, 'live', name))));
    const weight = [bytes, ...scripts].reduce((sum, file) => sum + brotliCompressSync(file).length, 0);
    t.diagnostic(`${Math.round(weight / 1000)} kB`);
    assert(weight <= FIRST_TOUCH, `${weight} bytes`);
  });

  it('draws to the byte what this machine draws, at the book’s positions and at many others', async (t) => {
    const native = execFileSync('cargo', ['run', '--quiet', '-p', 'live', '--example', 'grid'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 });
    const ask = await module();
    const lines = native.trim().split('\n').map((line) => line.split(' '));
    const different = lines.filter(([hash, , question]) => fingerprint(ask(question)) !== BigInt(`0x${hash}`));
    t.diagnostic(`${lines.length} positions`);
    assert.deepEqual(different.map(([, , question]) => question), []);
    assert(lines.length >= POSITIONS, `${lines.length} positions`);
  });

  it('says in words what it refuses', async () => {
    const ask = await module();
    assert.match(ask('nowhere/at/all'), /^refused\nthere is no live figure/);
  });
});

async function module() {
  let { exports } = await WebAssembly.instantiate(await WebAssembly.compile(bytes), {});
  return (question) => {
    const asked = new TextEncoder().encode(question);
    new Uint8Array(exports.memory.buffer, exports.room(asked.length), asked.length).set(asked);
    exports.draw();
    return new TextDecoder().decode(new Uint8Array(exports.memory.buffer, exports.answer_at(), exports.answer_len()));
  };
}

function fingerprint(text) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}
