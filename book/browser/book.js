// The built book, served and opened in Chromium: what the checks need to look at it.

import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { it } from 'node:test';
import { chromium } from 'playwright-core';

import { serve } from './server.js';

/** As wide as a laptop: mdBook shows its sidebar. */
export const DESKTOP = { width: 1280, height: 900 };

const CLIPBOARD = ['clipboard-read', 'clipboard-write'];
const AT_ONCE = 3; // pages under examination; two cores are busy with that
const SHOWN = 25; // problems in one message
const PATIENCE = 10_000; // milliseconds until what should be there is given up
const CHROMIUMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', // there is no other host
];

/** Opens the book; ends the process with one line if there is no book or no browser. */
export async function openBook() {
  const folder = bookFolder();
  const executablePath = process.env.CHROMIUM ?? CHROMIUMS.find(existsSync);
  if (!existsSync(join(folder, 'index.html'))) {
    giveUp(`There is no built book in ${folder}. Run \`cargo book build\`, or name its folder.`);
  }
  if (!executablePath || !existsSync(executablePath)) {
    const where = executablePath ? `at ${executablePath}` : 'on this machine';
    giveUp(`There is no Chromium ${where}. Run \`apt-get install chromium\`, or set CHROMIUM to its path.`);
  }
  const server = await serve(folder);
  const browser = await chromium.launch({ executablePath, args: FLAGS }).catch((error) => {
    giveUp(`${executablePath} does not start: ${firstLine(error)}`);
  });
  const book = new Book(server, browser);
  book.folder = folder;
  book.sections = await book.visit('index.html', contents);
  book.pages = [...book.sections, 'index.html', 'print.html'];
  return book;
}

/** From the command line, from BOOK, or where `cargo book build` writes; relative to the caller. */
function bookFolder() {
  const named = process.argv[2] ?? process.env.BOOK;
  const home = fileURLToPath(new URL('../../target/book', import.meta.url));
  if (!named) return home;
  return isAbsolute(named) ? named : resolve(process.env.INIT_CWD ?? '.', named);
}

/** The pages that the sidebar names; it also names the headings of the page that is open. */
async function contents(page) {
  const links = await page.locator('#mdbook-sidebar a[href]').evaluateAll((anchors) =>
    anchors.filter(({ hash }) => !hash).map(({ pathname }) => pathname.slice(1)));
  return [...new Set(links)];
}

class Book {
  #server;
  #browser;

  /** The paths of the pages in the book's own table of contents, in reading order. */
  sections = [];
  /** The same, and the two that are not in it: the front page, and the page for print. */
  pages = [];

  constructor(server, browser) {
    this.#server = server;
    this.#browser = browser;
  }

  get origin() {
    return this.#server.origin;
  }

  /** Opens a page as a reader who comes for the first time, and gives it and its traffic to `look`. */
  async visit(path, look, { options = {}, prepare = async () => {}, until = 'load' } = {}) {
    const context = await this.#browser.newContext({ viewport: DESKTOP, permissions: CLIPBOARD, ...options });
    context.setDefaultTimeout(PATIENCE);
    try {
      // print.html asks for the printer as soon as it has loaded.
      await context.addInitScript(() => { window.print = () => {}; });
      await context.addInitScript(nameElements);
      const page = await context.newPage();
      const traffic = new Traffic(page, this.origin);
      await prepare(page);
      await page.goto(new URL(path, `${this.origin}/`).href, { waitUntil: until });
      return await look(page, { path, traffic });
    } finally {
      await context.close();
    }
  }

  async close() {
    await this.#browser.close();
    this.#server.close();
  }
}

/** What a page asked for, and what went wrong with it. */
class Traffic {
  /** Errors of the page and of its requests to us. */
  failures = [];
  /** Requests to any other host. The browser finds none, so they fail, too. */
  strangers = [];
  #sizes = [];
  #origin;

  constructor(page, origin) {
    this.#origin = origin;
    page.on('pageerror', (error) => this.failures.push(`throws ${firstLine(error)}`));
    page.on('console', (message) => {
      if (message.type() !== 'error' || this.#isStrange(message.location().url)) return;
      this.failures.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      if (this.#isStrange(request.url())) this.strangers.push(request.url());
    });
    page.on('requestfailed', (request) => {
      if (this.#isStrange(request.url())) return;
      this.failures.push(`${this.#short(request.url())} fails: ${request.failure().errorText}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) this.failures.push(`${this.#short(response.url())} is ${response.status()}`);
    });
    page.on('requestfinished', (request) => this.#sizes.push(request.sizes().catch(() => null)));
  }

  /** What has arrived by now; a request that outlives the visit is no part of it. */
  async total() {
    const sizes = (await Promise.all(this.#sizes)).filter(Boolean);
    return {
      requests: sizes.length,
      bytes: sum(sizes.map((size) => size.responseHeadersSize + size.responseBodySize)),
    };
  }

  #isStrange(url) {
    return /^(https?|wss?):/.test(url) && new URL(url).origin !== this.#origin;
  }

  #short(url) {
    return url.replace(this.#origin, '');
  }
}

/** Checks that look at every page: each page is opened once, and all of them look at it in turn. */
export class Tour {
  #looks = [];

  /** A test of its own: `look` gives the problems that it finds on a page. */
  onEveryPage(name, look) {
    const pagesWith = new Map();
    this.#looks.push(async (page, facts) => {
      for (const problem of await look(page, facts).catch((error) => [`cannot be checked: ${firstLine(error)}`])) {
        pagesWith.set(problem, [...(pagesWith.get(problem) ?? []), facts.path]);
      }
    });
    it(name, () => report([...pagesWith].map(([problem, pages]) => `${on(pages)}: ${problem}`)));
  }

  /** No test: `look` takes notes of a page, or prepares it for what comes next. */
  inPassing(look) {
    this.#looks.push(look);
  }

  /** From the last page, as the one for print takes longest. */
  async walk(book) {
    const waiting = [...book.pages];
    const walker = async () => {
      for (let path = waiting.pop(); path; path = waiting.pop()) {
        await book.visit(path, async (page, facts) => {
          await page.evaluate(() => document.fonts.ready);
          for (const look of this.#looks) await look(page, facts);
        });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, walker));
  }
}

const on = ([first, ...others]) => (others.length ? `${first} and ${others.length} more` : first);

/** Fails with a list of the problems, if there are any. */
export function report(problems) {
  if (problems.length === 0) return;
  const more = problems.length > SHOWN ? [`… and ${problems.length - SHOWN} more`] : [];
  const list = [...problems.slice(0, SHOWN), ...more].map((line) => `\n  ${line}`).join('');
  const error = new Error(`${problems.length} problem${problems.length > 1 ? 's' : ''}:${list}`);
  error.stack = error.message; // where in this file it was found helps nobody
  throw error;
}

/** Runs in the page: gives it words for an element, for messages. */
function nameElements() {
  window.nameOf = (element) => {
    const classes = [...element.classList].map((name) => `.${name}`).join('');
    const id = element.id && `#${element.id}`;
    const label = element.getAttribute('aria-label') ?? element.getAttribute('alttext') ?? element.textContent;
    const words = label.replace(/\s+/g, ' ').trim().slice(0, 50);
    return `<${element.localName}${id}${classes}> “${words}”`;
  };
}

/** Unfolds everything, so that what is folded away is looked at too. */
export function unfold(page) {
  return page.evaluate(() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; }));
}

/** Chooses a theme in mdBook's own menu. */
export async function chooseTheme(page, theme) {
  await page.locator('#mdbook-theme-toggle').click();
  await page.locator(`#mdbook-theme-${theme}`).click();
  await page.keyboard.press('Escape');
}

export const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

const firstLine = (error) => `${error.message ?? error}`.split('\n')[0];

function giveUp(line) {
  console.error(line);
  process.exit(1);
}
