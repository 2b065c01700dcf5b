// The book as its readers meet it. `npm test --prefix book/browser` from the repository's root;
// `npm test --prefix book/browser -- FOLDER` looks at a book that was built elsewhere.

import { after, before, describe, it } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';

import { DESKTOP, Tour, chooseTheme, openBook, report, unfold } from './book.js';
import { figureColours, figuresDrawn, formulasDrawn, pageColours, smallLettering, widestOverhang } from './in-page.js';

const WIDTHS = [1280, 768, 390];
const HEAVIEST = 500_000; // bytes of a first visit, compressed, fonts and all
const HEAVIEST_BOOK = 1_500_000; // the whole book on one page, for print
const MOST_COMMANDS = 8; // on one page; print.html holds those of all
const SLOWEST = 4_000; // milliseconds until a phone shows the first words
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };
const LIGHT = ['light', 'rust'];
const DARK = ['navy', 'coal', 'ayu'];
const TERMS = ['perceptron', 'saturated', 'threshold', 'backpropagation', 'softmax'];
const LESSON = { top: 900, words: 900, numbers: 3 }; // px on a wide screen; words and numbers outside folds
const LETTERS = 13; // px high at least, in a figure on a phone
const FIGURE = /<figure[^>]*>\s*<svg/;
const MARKUP = ['viewbox', 'linecap', 'alttext', 'mrow', 'msub']; // no reader looks for these

/** The whole book on one page: what is on it has been looked at on the pages themselves. */
const isForPaper = (path) => path === 'print.html';

const book = await openBook();
after(() => book.close());

describe('every page of the book', () => {
  const tour = new Tour();
  const seen = { figures: 0, formulas: 0, folds: 0, commands: 0 };
  const weights = [];
  before(() => tour.walk(book));

  tour.onEveryPage('has one heading of the first rank, and an id on every heading', (page, { path }) =>
    page.evaluate((isWholeBook) => {
      const first = document.querySelectorAll('main h1').length;
      const headings = [...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')];
      return [
        ...(first === 1 || (isWholeBook && first > 1) ? [] : [`has ${first} headings of the first rank`]),
        ...headings.filter(({ id }) => !id).map((heading) => `${nameOf(heading)} has no id`),
      ];
    }, isForPaper(path)));

  tour.onEveryPage('gives an id to one element only', (page) =>
    page.evaluate(() => {
      const all = [...document.querySelectorAll('[id]')].map(({ id }) => id);
      return [...new Set(all.filter((id, at) => all.indexOf(id) !== at))].map((id) => `#${id} is there twice`);
    }));

  tour.onEveryPage('marks Chinese words as Chinese', (page) =>
    page.evaluate(() => {
      const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
      const problems = [];
      while (texts.nextNode()) {
        const { data, parentElement } = texts.currentNode;
        if (!/\p{Script=Han}/u.test(data) || parentElement.closest('[lang]').lang.startsWith('zh')) continue;
        problems.push(`${nameOf(parentElement)} has no lang="zh"`);
      }
      return problems;
    }));

  tour.onEveryPage('has every Chinese character that it quotes in its own font', (page) =>
    page.evaluate(() => {
      const font = [...document.fonts].find(({ family }) => /Chinese/.test(family));
      const known = new Set(font.unicodeRange.split(/,\s*/).flatMap((range) => {
        const [first, last = first] = range.replace(/^U\+/i, '').split('-').map((code) => parseInt(code, 16));
        return Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at));
      }));
      const quoted = document.querySelector('main').textContent.match(/\p{Script=Han}/gu) ?? [];
      return [...new Set(quoted)].filter((character) => !known.has(character))
        .map((character) => `${character} is not in the font; run book/theme/subset-fonts.py`);
    }));

  tour.onEveryPage('names its figures, formulas and images for those who do not see them', (page) =>
    page.evaluate(() => {
      const spoken = (id) => document.getElementById(id)?.textContent.trim();
      const named = {
        'figure svg': (svg) => svg.getAttribute('role') === 'img' && (svg.getAttribute('aria-label')?.trim()
          || svg.getAttribute('aria-labelledby')?.split(' ').some(spoken)
          || svg.querySelector(':scope > title')?.textContent.trim()),
        math: (math) => math.getAttribute('alttext')?.trim(),
        img: (image) => image.hasAttribute('alt'),
      };
      return Object.entries(named).flatMap(([selector, nameIn]) =>
        [...document.querySelectorAll(`main :is(${selector})`)]
          .filter((element) => !nameIn(element))
          .map((element) => `${nameOf(element)} has no name`));
    }));

  tour.onEveryPage('begins each page of the lesson with a figure, and keeps it short', async (page, { path }) =>
    (isForPaper(path) ? [] : page.evaluate((most) => {
      const main = document.querySelector('main');
      if (!main.querySelector('.page-head') || main.querySelector('.builds-on')) return []; // no page of the lesson
      const figure = main.querySelector('.figure > svg, .live > .drawing > svg');
      const top = figure ? Math.round(figure.getBoundingClientRect().top + scrollY) : Infinity;
      const read = main.cloneNode(true);
      read.querySelectorAll('details, figure.listing, .output, svg, math style, .page-head, .claim').forEach((part) => part.remove());
      const words = read.textContent.split(/\s+/).filter(Boolean).length;
      const crowded = [...read.querySelectorAll('p, li')].filter((text) => text.querySelectorAll('.value, .published').length > most.numbers);
      return [
        ...(top > most.top ? [`has its first figure at ${top} px`] : []),
        ...(words > most.words ? [`has ${words} words`] : []),
        ...crowded.map((text) => `has too many numbers in “${text.textContent.slice(0, 40)}…”`),
      ];
    }, LESSON)));

  tour.onEveryPage('folds hints, answers and solutions, and unfolds them from the keyboard', async (page, { path }) => {
    if (isForPaper(path)) return [];
    const problems = await page.evaluate(() =>
      [...document.querySelectorAll('main :is(.hint, .answer, .solution):not(details)')]
        .map((element) => `${nameOf(element)} does not fold`));
    const folds = await page.locator('main details').all();
    seen.folds += folds.length;
    for (const fold of folds) problems.push(...await unfoldByKey(page, fold));
    return problems;
  });

  tour.inPassing(unfold); // what is folded away is looked at, too

  tour.onEveryPage('draws each figure, with marks on it', async (page) => {
    const { figures, problems } = await page.evaluate(figuresDrawn);
    seen.figures += figures;
    return problems;
  });

  tour.onEveryPage('draws each formula, in the font made for it', async (page) => {
    const { formulas, problems } = await page.evaluate(formulasDrawn);
    seen.formulas += formulas;
    return problems;
  });

  tour.onEveryPage('shows no source where words should be', (page) =>
    page.evaluate(() => {
      const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
      const problems = [];
      while (texts.nextNode()) {
        const { data, parentElement } = texts.currentNode;
        const [source] = data.match(/\\[a-zA-Z]{2,}|\$\$|\{\{[#/]|<\/?[a-z]+/) ?? [];
        if (source && !parentElement.closest('pre, code')) problems.push(`“${source}” in ${nameOf(parentElement)}`);
      }
      return problems;
    }));

  tour.onEveryPage('has no serious fault that axe knows, on a light page', async (page, { path }) =>
    (isForPaper(path) ? [] : faults(page, { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })));

  tour.onEveryPage(`weighs at most ${HEAVIEST / 1000} kB on a first visit`, async (page, { path, traffic }) => {
    const weight = { path, ...await traffic.total() };
    weights.push(weight);
    const most = isForPaper(path) ? HEAVIEST_BOOK : HEAVIEST;
    return weight.bytes <= most ? [] : [`weighs ${kilobytes(weight.bytes)}`];
  });

  tour.onEveryPage('draws its figures dark on light, and light on dark when the theme is dark', async (page) => {
    const light = await page.evaluate(figureColours);
    await chooseTheme(page, 'navy');
    const dark = await page.evaluate(figureColours);
    return [...misfits(light, 'light'), ...misfits(dark, 'navy'), ...unchanged(light, dark, 'navy')];
  });

  tour.onEveryPage('has contrast enough on a dark page, too', async (page, { path }) => {
    if (isForPaper(path)) return [];
    const problems = await faults(page, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] });
    await chooseTheme(page, 'light');
    return problems;
  });

  tour.onEveryPage('copies each command as it is to be typed, and names the crate of its chapter', async (page, { path }) => {
    const problems = [];
    const [, crate] = path.match(/^(ch\w+)\//) ?? [];
    const commands = await page.locator('main pre > code', { hasText: /^\s*(\$ )?cargo / }).all();
    for (const command of commands.slice(0, MOST_COMMANDS)) {
      const shown = (await command.innerText()).trim();
      const copied = (await copy(page, command)).trim();
      const typed = copied.split('\n').every((line) => /^(cargo |#|$)/.test(line));
      if (copied !== shown || !typed) problems.push(`“${shown}” is copied as “${copied}”`);
      if (crate && !shown.includes(`-p ${crate}`)) problems.push(`“${shown}” runs another chapter`);
      seen.commands += 1;
    }
    return problems;
  });

  // Asked late, when all has been tried.

  tour.onEveryPage('makes no error on the console, and no request that fails', async (page, { traffic }) =>
    traffic.failures);

  tour.onEveryPage('asks nothing of any other host', async (page, { traffic }) =>
    traffic.strangers.map((url) => `asks for ${url}`));

  tour.onEveryPage(`does not scroll sideways at ${WIDTHS.join(', ')} px, and its figures can be read on a phone`, async (page) => {
    const problems = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ ...DESKTOP, width });
      if (width === 768) await page.reload(); // from here on a page begins without its sidebar
      await unfold(page);
      const overhang = await page.evaluate(widestOverhang);
      if (overhang) problems.push(`at ${width} px ${overhang.widest} is ${overhang.by} px too wide for ${overhang.frame}`);
      if (width === PHONE.viewport.width) problems.push(...await page.evaluate(smallLettering, LETTERS));
    }
    return problems;
  });

  it('is there, with figures, formulas, folds and commands to try', (t) => {
    t.diagnostic(`${book.pages.length} pages, ${Object.entries(seen).map(([what, n]) => `${n} ${what}`).join(', ')}`);
    const missing = Object.keys(seen).filter((what) => seen[what] === 0);
    report(missing.map((what) => `no page has any ${what}`));
  });

  it('is light: these are the heaviest', (t) => {
    weights.sort((a, b) => b.bytes - a.bytes);
    for (const { path, bytes, requests } of weights.slice(0, 5)) {
      t.diagnostic(`${kilobytes(bytes)}  ${requests} requests  ${path}`);
    }
  });
});

describe('the theme', () => {
  it('recolours the page and its figures in all five of mdBook’s themes', async () => {
    const [path] = await sectionsWith(FIGURE);
    report(await book.visit(path, async (page) => {
      const problems = [];
      const light = { page: await page.evaluate(pageColours), figures: await page.evaluate(figureColours) };
      for (const theme of [...DARK, 'rust', 'light']) {
        await chooseTheme(page, theme);
        const colours = await page.evaluate(figureColours);
        problems.push(...misfits(colours, theme));
        if (DARK.includes(theme)) problems.push(...unchanged(light.figures, colours, theme));
        const same = await page.evaluate(pageColours) === light.page;
        if (same !== (theme === 'light')) problems.push(`${theme}: the page is ${same ? 'still' : 'not'} as in light`);
      }
      return problems.map((problem) => `${path}: ${problem}`);
    }));
  });

  it('is remembered on the next page', async () => {
    const theme = await book.visit('index.html', async (page) => {
      await chooseTheme(page, 'coal');
      await page.goto(`${book.origin}/${book.pages[1]}`);
      return page.evaluate(() => document.documentElement.className);
    });
    if (!theme.split(' ').includes('coal')) report([`${book.pages[1]}: is shown in ${theme} after coal was chosen`]);
  });

  it('is dark from the start for a reader whose system is dark', async () => {
    const [path] = await sectionsWith(FIGURE);
    const colours = await book.visit(path, (page) => page.evaluate(figureColours), { options: { colorScheme: 'dark' } });
    report(misfits(colours, 'navy'));
  });
});

describe('the sidebar', () => {
  it('opens and shuts from the keyboard', () => book.visit('index.html', async (page) => {
    const links = page.locator('#mdbook-sidebar a').first();
    const seen = [await links.isVisible()];
    for (const key of ['Enter', 'Space']) {
      await page.locator('#mdbook-sidebar-toggle').press(key);
      await page.waitForTimeout(500); // it slides
      const { x, width } = await page.locator('#mdbook-sidebar').boundingBox() ?? { x: -1, width: 0 };
      seen.push(await links.isVisible() && x + width > 0);
    }
    report(`${seen}` === 'true,false,true' ? [] : [`its links are visible at first, after Enter, after Space: ${seen}`]);
  }));
});

describe('the search', () => {
  it('finds every page by its title', () => book.visit('index.html', async (page) => {
    const problems = [];
    for (const [path, title] of await titles(page)) {
      const results = await search(page, title);
      if (!results.some((href) => new URL(href).pathname === `/${path}`)) {
        problems.push(`“${title}” does not find ${path}, only ${results.length} others`);
      }
    }
    report(problems);
  }));

  for (const term of TERMS) {
    it(`finds “${term}”, and its first result leads to the word`, () => book.visit('index.html', async (page) => {
      const [first] = await search(page, term);
      if (!first) report([`nothing is found for “${term}”`]);
      await page.locator('#mdbook-searchresults a').first().click();
      await page.waitForURL(first);
      report(await page.evaluate((word) => [
        ...(document.getElementById(location.hash.slice(1)) ? [] : [`${location} leads nowhere`]),
        ...(document.body.textContent.toLowerCase().includes(word) ? [] : [`${location} does not say “${word}”`]),
        ...(document.querySelector('main mark') ? [] : [`${location} marks nothing`]),
      ], term));
    }));
  }

  it('finds nothing that only the markup of figures and formulas says', () => book.visit('index.html', async (page) => {
    const problems = [];
    for (const word of MARKUP) {
      const results = await search(page, word);
      problems.push(...results.map((href) => `“${word}” finds ${href.replace(book.origin, '')}`));
    }
    report(problems);
  }));
});

describe('the book on paper', () => {
  it('leaves out hints, answers and solutions, folded or not', () => onPaper(async (page) => {
    const visible = () => page.evaluate(() =>
      [...document.querySelectorAll('.hint, .answer, .solution, details > *')]
        .filter((element) => element.checkVisibility())
        .map((element) => `${nameOf(element)} is printed`));
    const folded = await visible();
    await unfold(page);
    report([...new Set([...folded, ...await visible()])]);
  }));

  it('splits no figure between two sheets', () => onPaper(async (page) => {
    report(await page.evaluate(() =>
      [...document.querySelectorAll('main .figure')]
        .filter((figure) => getComputedStyle(figure).breakInside !== 'avoid')
        .map((figure) => `${nameOf(figure)} may be split`)));
  }));

  it('leaves out what is only good on a screen', () => onPaper(async (page) => {
    report(await page.evaluate(() =>
      [...document.querySelectorAll('#mdbook-sidebar, #mdbook-menu-bar, .nav-chapters, button')]
        .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
        .map((element) => `${nameOf(element)} is printed`)));
  }));
});

describe('on a phone with a slow line', () => {
  const chapter = book.pages.find((path) => path.endsWith('/index.html'));
  const section = book.pages[book.pages.indexOf(chapter) + 1];
  for (const path of [chapter, section]) {
    it(`${path} shows its first words within ${SLOWEST / 1000} s`, async (t) => {
      const paints = [];
      for (let visit = 0; visit < 3; visit += 1) {
        paints.push(await book.visit(path, firstPaint, { options: PHONE, prepare: slowDown, until: 'commit' }));
      }
      const [, median] = paints.sort((a, b) => a - b);
      t.diagnostic(`first contentful paint of ${path}: ${(median / 1000).toFixed(2)} s`
        + ' (1.6 Mbit/s, 150 ms, processor four times slower, median of 3)');
      report(median <= SLOWEST ? [] : [`${path}: ${median} ms until the first words`]);
    });
  }
});

// Folds

async function unfoldByKey(page, fold) {
  const before = await fold.evaluate((details) => {
    const summary = details.querySelector(':scope > summary');
    summary?.focus();
    const inside = [...details.children].filter((child) => child !== summary);
    return {
      name: nameOf(details),
      shut: !inside.some((child) => child.checkVisibility()),
      reached: summary !== null && document.activeElement === summary,
    };
  });
  await page.keyboard.press('Enter');
  const opened = await fold.evaluate((details) =>
    [...details.children].every((child) => child.checkVisibility()) && details.children.length > 1);
  return [
    ...(before.shut ? [] : [`${before.name} is not folded at first`]),
    ...(before.reached ? [] : [`${before.name} cannot be reached by keyboard`]),
    ...(opened ? [] : [`${before.name} does not unfold on Enter`]),
  ];
}

// Commands

let clipboardIsFree = Promise.resolve();

/** What is on the clipboard after a click on the button beside `code`. All pages share one clipboard. */
function copy(page, code) {
  const turn = clipboardIsFree.then(async () => {
    await code.hover();
    await code.locator('..').locator('.clip-button').click();
    return page.evaluate(() => navigator.clipboard.readText());
  });
  clipboardIsFree = turn.catch(() => {});
  return turn;
}

// Colours

/** Figures that are dark where the theme is light, or the other way round. */
function misfits(figures, theme) {
  const bright = 150;
  return figures.flatMap(({ name, ink, surface }) => {
    if (ink === null) return [`${theme}: ${name} has no ink of the theme`];
    const fits = LIGHT.includes(theme)
      ? ink < bright && (surface ?? 255) > bright
      : ink > bright && (surface ?? 0) < bright;
    return fits ? [] : [`${theme}: ${name} has ink of brightness ${Math.round(ink)} on ${Math.round(surface)}`];
  });
}

function unchanged(before, now, theme) {
  const kept = ({ ink, surface }, at) => ink === before[at].ink || (surface !== null && surface === before[at].surface);
  return now.filter(kept).map(({ name }) => `${theme}: ${name} keeps the colours of light`);
}

/** The serious faults that axe finds by these rules. A formula has the colour of its sentence. */
async function faults(page, runOnly) {
  const options = { runOnly, resultTypes: ['violations'], preload: false };
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('math').options(options).analyze();
  return violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .flatMap(({ id, nodes }) => {
      const shown = nodes.slice(0, 3).map(({ target, any, all, none }) => {
        const [reason] = [...any, ...all, ...none];
        return `${id}: ${target.join(' ')}: ${reason?.message}`;
      });
      return nodes.length > 3 ? [...shown, `${id}: … and ${nodes.length - 3} more`] : shown;
    });
}

// Finding

async function search(page, words) {
  const bar = page.locator('#mdbook-searchbar');
  if (!await bar.isVisible()) await page.keyboard.press('s');
  await bar.fill(words);
  await bar.press('End'); // mdBook searches when a key comes up
  await page.locator('#mdbook-searchresults-header', { hasText: `'${words}'` }).waitFor();
  return page.locator('#mdbook-searchresults a').evaluateAll((results) => results.map(({ href }) => href));
}

async function sectionsWith(pattern) {
  const found = book.sections.map(async (path) => {
    const html = await (await fetch(`${book.origin}/${path}`)).text();
    return pattern.test(html) ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

/** Each section's path and title, as the page itself reads them. */
const titles = (page) => page.evaluate((paths) => Promise.all(paths.map(async (path) => {
  const html = await (await fetch(`/${path}`)).text();
  const { title } = new DOMParser().parseFromString(html, 'text/html');
  return [path, title.slice(0, title.lastIndexOf(' - '))];
})), book.sections);

const onPaper = (look) => book.visit('print.html', async (page) => {
  await page.emulateMedia({ media: 'print' });
  await look(page);
});

// Weight and speed

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;

/** A phone of the middle of the road, on a line of 1.6 Mbit/s. */
async function slowDown(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const [down, up] = [1_600_000 / 8, 750_000 / 8];
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false, latency: 150, downloadThroughput: down, uploadThroughput: up,
  });
}

const firstPaint = (page) => page.evaluate(() => new Promise((resolve) => {
  const seen = (list) => list.getEntriesByName('first-contentful-paint').forEach((paint) => resolve(paint.startTime));
  new PerformanceObserver(seen).observe({ type: 'paint', buffered: true });
}));
