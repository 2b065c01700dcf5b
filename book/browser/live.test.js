// The live figures: the module answers as the reader's own machine does, and the page turns as it says.
// `npm test --prefix book/browser` from the repository's root, once the book is built.

import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

import { openBook } from './book.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const POSITIONS = 400; // at least, compared with this machine's own answers
const FIRST_TOUCH = 250_000; // bytes, compressed
const FRAME = 16; // ms until a light figure is redrawn, in the middle
const LONGEST = 50; // ms that the page may be held up
const LEARNS = 5_000; // ms until the digits are read
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

describe('a live figure in the page', () => {
  const SLOPE = 'ch04_gradient_descent/slope.html';
  const DIGIT = 'ch06_backprop/your_digit.html';
  let pages;
  before(async () => { pages = await pagesWithKnobs(); });

  it(`is there on at least ${PAGES} pages`, () => assert(pages.length >= PAGES, pages.join(', ')));

  it('loads nothing before the reader’s first touch', () => book.visit(SLOPE, async (page, { traffic }) => {
    await page.locator('.live').first().scrollIntoViewIfNeeded();
    assert.equal(await page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => /live\/(knobs|worker|ch)/.test(name))), false);
    assert.deepEqual(traffic.strangers, []);
  }));

  it('turns by the keyboard, and does not turn the page', () => book.visit(SLOPE, async (page) => {
    const figure = page.locator('.live').first();
    const before = await drawn(figure);
    const knob = figure.locator('input[type=range]').first();
    await knob.focus();
    for (let i = 0; i < 5; i++) await knob.press('ArrowRight');
    await page.waitForFunction(([svg]) => document.querySelector('.live svg').outerHTML !== svg, [before]);
    assert(new URL(page.url()).pathname.endsWith('slope.html'));
    await page.waitForFunction(() => location.hash.includes('?'));
  }));

  it('stands again as in the book, to the byte, after “as in the book”, on every page', async () => {
    for (const path of pages) {
      await book.visit(path, async (page, { traffic }) => {
        for (const figure of await page.locator('.live').all()) {
          const before = await state(figure);
          const reset = figure.locator('button[type=reset]');
          await reset.focus();
          const redrawn = figure.evaluate((element) => new Promise((done) => element.addEventListener('drawn', done, { once: true })));
          await reset.click();
          await redrawn;
          assert.deepEqual(await state(figure), before, `${path}: ${await figure.getAttribute('id')}`);
        }
        assert.deepEqual(traffic.failures, [], path);
        assert.deepEqual(traffic.strangers, [], path);
      });
    }
  });

  it('goes to a position that an address names', () => book.visit(SLOPE, async (page) => {
    const [id] = await page.locator('.live').evaluateAll((all) => all.map((figure) => figure.id));
    const before = await drawn(page.locator('.live').first());
    await page.evaluate((hash) => { location.hash = hash; }, `${id}?rate=1.1`);
    await page.waitForFunction(([svg]) => document.querySelector('.live svg').outerHTML !== svg, [before]);
    assert.equal(await page.locator('.live [data-knob=rate] input').first().inputValue(), '1.1');
  }));

  it('says what the code refuses, and goes on', () => book.visit(SLOPE, async (page) => {
    const [id] = await page.locator('.live').evaluateAll((all) => all.map((figure) => figure.id));
    await page.evaluate((hash) => { location.hash = hash; }, `${id}?rate=0.3`);
    const figure = page.locator('.live').first();
    await page.waitForFunction(() => document.querySelector('.live [data-knob=rate] input').value === '0.3');
    await figure.locator('[data-knob=rate] input').evaluate((input) => {
      Object.assign(input, { min: '-1', value: '-1' });
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await figure.locator('.refused').waitFor();
    assert.match(await figure.locator('.said').innerText(), /takes a number from/);
    await figure.locator('button[type=reset]').click();
    await figure.locator('.refused').waitFor({ state: 'detached' });
  }));

  it('reads a digit that a finger draws on a phone', () => book.visit(DIGIT, async (page) => {
    const pad = page.locator('.live canvas');
    await pad.scrollIntoViewIfNeeded();
    const before = await page.locator('.live figcaption').innerText();
    const box = await pad.boundingBox();
    const finger = await page.context().newCDPSession(page);
    const touch = (type, points) => finger.send('Input.dispatchTouchEvent', {
      type, touchPoints: points.map(([x, y]) => ({ x: box.x + x * box.width, y: box.y + y * box.height })),
    });
    // A one: a stroke from the top to the bottom.
    await touch('touchStart', [[0.5, 0.1]]);
    for (let y = 0.15; y < 0.9; y += 0.05) await touch('touchMove', [[0.5, y]]);
    await touch('touchEnd', []);
    await page.waitForFunction((words) => document.querySelector('.live figcaption').innerText !== words, before);
    assert.match(await page.locator('.live figcaption').innerText(), /calls this one a 1\b/);
  }, { options: PHONE }));

  it(`is redrawn within ${FRAME} ms if it is a light one, and never holds the page up`, (t) => book.visit(SLOPE, async (page) => {
    await page.locator('.live input[type=range]').first().focus();
    const times = await page.evaluate(async () => {
      const figure = document.querySelector('.live');
      const knob = figure.querySelector('input[type=range]');
      const longest = [];
      new PerformanceObserver((list) => longest.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
      const once = () => new Promise((done) => {
        figure.addEventListener('drawn', () => done(performance.now()), { once: true });
      });
      const times = [];
      for (let i = 0; i < 60; i++) {
        const from = performance.now();
        const drawn = once();
        knob.value = String(0.05 + 0.01 * i);
        knob.dispatchEvent(new Event('input', { bubbles: true }));
        times.push(await drawn - from);
        await new Promise(requestAnimationFrame);
      }
      return { times: times.slice(10).sort((a, b) => a - b), longest: Math.max(0, ...longest) };
    });
    const middle = times.times[times.times.length >> 1];
    t.diagnostic(`redrawn in ${middle.toFixed(1)} ms, the longest task ${times.longest.toFixed(0)} ms`);
    assert(middle <= FRAME, `${middle} ms`);
    assert(times.longest < LONGEST, `${times.longest} ms`);
  }));

  it(`learns to read 97 in 100 digits within ${LEARNS / 1000} s, in the page`, (t) => book.visit(DIGIT, async (page) => {
    await page.locator('[data-do=rewind]').click();
    await page.waitForFunction(() => document.querySelector('[data-knob=epochs] output').textContent === '0');
    const from = Date.now();
    await page.locator('[data-do=play]').click();
    await page.waitForFunction(() => document.querySelector('[data-do=play]').textContent === 'play', null, { timeout: 2 * LEARNS });
    const took = Date.now() - from;
    const read = parseFloat(await page.locator('[data-value=right]').innerText());
    t.diagnostic(`${read} % after ${took} ms`);
    assert(read >= 97 && took <= LEARNS, `${read} % after ${took} ms`);
  }));

  it('is a still picture, and says why, where WebAssembly is blocked', () => book.visit(SLOPE, async (page) => {
    const figure = page.locator('.live').first();
    assert.equal(await figure.locator('.knobs').isVisible(), false);
    assert.equal(await figure.locator('svg').isVisible(), true);
    assert.match(await figure.locator('.said').textContent(), /WebAssembly/);
  }, { prepare: (page) => page.addInitScript(() => { delete globalThis.WebAssembly; }) }));

  it('is a still picture where there is no script', () => book.visit(SLOPE, async (page) => {
    assert.equal(await page.locator('.live .knobs').first().isVisible(), false);
    assert.equal(await page.locator('.live svg').first().isVisible(), true);
  }, { options: { javaScriptEnabled: false } }));

  it('is a still picture, and says why, when the file is opened without a server', async () => {
    await book.visit(pathToFileURL(join(book.folder, SLOPE)).href, async (page) => {
      const figure = page.locator('.live').first();
      assert.equal(await figure.locator('.knobs').isVisible(), false);
      assert.match(await figure.locator('.said').textContent(), /cargo book serve/);
    });
  });
});

const drawn = (figure) => figure.locator('svg').evaluate((svg) => svg.outerHTML);

/** The picture without its accessible name, which is that of its caption, and the numbers of the caption. */
const state = (figure) => figure.evaluate((element) => [
  // What the binder adds for the search is no part of the picture.
  element.querySelector('svg').outerHTML.replace(/^<svg[^>]*>/, '').replaceAll('<style></style>', '').trim(),
  ...[...element.querySelectorAll('[data-value]')].map(({ innerHTML }) => innerHTML),
]);

async function pagesWithKnobs() {
  const found = [];
  for (const path of book.sections) {
    const html = await readFile(join(book.folder, path), 'utf8');
    if (html.includes('class="knobs"')) found.push(path);
  }
  return found;
}
