// Takes the README's picture of the book: a page on paper, a page in the dark.
// `npm run picture --prefix book/browser`, once the book is built.

import { fileURLToPath } from 'node:url';

import { chooseTheme, openBook } from './book.js';

const HALVES = [
  { path: 'ch03_networks/bending.html', theme: 'light', from: 'main .figure' },
  { path: 'ch06_backprop/your_digit.html', theme: 'navy', from: 'main .figure' },
];
const SIZE = { width: 620, height: 760 };
const ABOVE = 230; // of the text that leads to the figure

const book = await openBook();
const images = [];
for (const { path, theme, from } of HALVES) {
  const options = { viewport: SIZE, deviceScaleFactor: 1.5 };
  images.push(await book.visit(path, async (page) => {
    await chooseTheme(page, theme);
    await page.locator(from).first().evaluate((figure, above) => {
      scrollTo({ top: figure.getBoundingClientRect().top + scrollY - above, behavior: 'instant' });
    }, ABOVE);
    await page.evaluate(() => document.querySelector('#mdbook-menu-bar-hover-placeholder')?.remove());
    await page.waitForTimeout(500); // mdBook's menu slides away
    return (await page.screenshot()).toString('base64');
  }, { options }));
}
await book.visit('404.html', async (page) => {
  await page.setViewportSize({ width: 2 * SIZE.width + 20, height: SIZE.height });
  await page.setContent(`<body style="margin:0;display:flex;gap:20px">${images
    .map((image) => `<img width="${SIZE.width}" src="data:image/png;base64,${image}">`).join('')}</body>`);
  await page.screenshot({ path: fileURLToPath(new URL('../picture.png', import.meta.url)), omitBackground: true });
});
await book.close();
