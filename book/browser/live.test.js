// The live figures: the module answers as the reader's own machine does, and the page turns as it says.
// `npm test --prefix book/browser` from the repository's root, once the book is built.

import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
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
const modules = new Map();
for (const file of (await readdir(join(book.folder, 'live'))).filter((name) => name.endsWith('.wasm'))) {
  modules.set(file.slice(0, -'.wasm'.length), await readFile(join(book.folder, 'live', file)));
}

describe('the modules of the live figures', () => {
  it('import nothing: no clock, no randomness, no host', async () => {
    assert(modules.size > 0);
    for (const bytes of modules.values()) assert.deepEqual(WebAssembly.Module.imports(await WebAssembly.compile(bytes)), []);
  });

  it(`weigh at most ${FIRST_TOUCH / 1000} kB on the first touch, compressed`, async (t) => {
    const scripts = await Promise.all(['knobs.js', 'worker.js'].map((name) => readFile(join(book.folder, 'live', name))));
    const light = (files) => files.reduce((sum, file) => sum + brotliCompressSync(file).length, 0);
    for (const [chapter, bytes] of modules) {
      const weight = light([bytes, ...scripts]);
      t.diagnostic(`${chapter}: ${Math.round(weight / 1000)} kB`);
      assert(weight <= FIRST_TOUCH, `${chapter}: ${weight} bytes`);
    }
  });

  it('draw to the byte what this machine draws, at the book’s positions and at many others', async (t) => {
    const native = execFileSync('cargo', ['run', '--quiet', '-p', 'live', '--example', 'grid'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 });
    const ask = await instances();
    const lines = native.trim().split('\n').map((line) => line.split(' '));
    const different = lines.filter(([hash, , question]) => fingerprint(ask(question)) !== BigInt(`0x${hash}`));
    t.diagnostic(`${lines.length} positions`);
    assert.deepEqual(different.map(([, , question]) => question), []);
    assert(lines.length >= POSITIONS, `${lines.length} positions`);
  });

  it('say in words what they refuse', async () => {
    const ask = await instances();
    assert.match(ask('nowhere/at/all'), /^refused\nthere is no live figure/);
  });
});

async function instances() {
  const started = new Map();
  for (const [chapter, bytes] of modules) {
    started.set(chapter, (await WebAssembly.instantiate(await WebAssembly.compile(bytes), {})).exports);
  }
  return (question) => {
    const exports = started.get(question.split('/')[0]) ?? [...started.values()][0];
    const asked = new TextEncoder().encode(question);
    const at = exports.room(asked.length); // which may give the memory a new buffer
    new Uint8Array(exports.memory.buffer, at, asked.length).set(asked);
    exports.draw();
    return new TextDecoder().decode(new Uint8Array(exports.memory.buffer, exports.answer_at(), exports.answer_len()));
  };
}

function fingerprint(text) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}
