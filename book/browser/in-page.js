// Functions that run in the page. Each stands alone: it knows the page, and `nameOf` from book.js.

/** How many figures there are, and which of them a reader cannot see. */
export function figuresDrawn() {
  const problems = [];
  for (const figure of document.querySelectorAll('main .figure')) {
    if (!figure.querySelector('svg, img')) problems.push(`${nameOf(figure)} has no picture`);
  }
  const svgs = [...document.querySelectorAll('main figure svg')];
  for (const svg of svgs) {
    const box = svg.getBoundingClientRect();
    const canvas = svg.viewBox.baseVal;
    const drawn = (mark) => {
      const { width, height } = mark.getBoundingClientRect();
      return width + height > 4 && width <= 1.5 * box.width;
    };
    const marks = [...svg.querySelectorAll('path, circle, line, polyline, polygon, rect, image')].filter(drawn);
    const broken = [...svg.querySelectorAll('*')].filter(({ attributes }) =>
      [...attributes].some(({ value }) => /\b(NaN|undefined|inf)\b/.test(value)));
    if (box.width < 100 || box.height < 50) problems.push(`${nameOf(svg)} is ${box.width} by ${box.height} px`);
    if (!canvas?.width || !canvas.height) problems.push(`${nameOf(svg)} has no viewBox`);
    if (marks.length < 3) problems.push(`${nameOf(svg)} shows ${marks.length} marks`);
    if (broken.length) problems.push(`${nameOf(svg)} has numbers that are none`);
  }
  return { figures: svgs.length, problems };
}

/** How many formulas there are, and which of them a reader cannot see. */
export function formulasDrawn() {
  const formulas = [...document.querySelectorAll('main math')];
  const problems = formulas.flatMap((math) => {
    const { width, height } = math.getBoundingClientRect();
    const alien = [...math.querySelectorAll('*')].find((part) => part.namespaceURI !== math.namespaceURI);
    return [
      ...(width > 2 && height > 5 ? [] : [`${nameOf(math)} is ${width} by ${height} px`]),
      ...(math.querySelector('merror') || /[\\]|error/i.test(math.textContent) ? [`${nameOf(math)} shows an error`] : []),
      ...(alien ? [`${nameOf(math)} holds <${alien.localName}>, which is no MathML`] : []),
    ];
  });
  const fonts = [...document.fonts].filter(({ family }) => /math/i.test(family));
  if (formulas.length && !fonts.some(({ status }) => status === 'loaded')) problems.push('has not loaded its font for formulas');
  return { formulas: formulas.length, problems };
}

/** What reaches farthest to the right where the page, or the column of its text, scrolls sideways. */
export function widestOverhang() {
  const columns = [...document.querySelectorAll('#mdbook-page-wrapper, .page, #mdbook-content, main')];
  const tooNarrow = ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth;
  const frame = [document.scrollingElement, ...columns].find(tooNarrow);
  if (!frame) return null;
  const clipped = (element) => {
    for (let up = element.parentElement; up && up !== document.body && !columns.includes(up); up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== 'visible') return true;
    }
    return false;
  };
  const reach = (element) => element.getBoundingClientRect().right;
  const [widest] = [...frame.querySelectorAll('*')]
    .filter((element) => !clipped(element))
    .sort((one, other) => reach(other) - reach(one));
  return { frame: nameOf(frame), by: frame.scrollWidth - frame.clientWidth, widest: nameOf(widest) };
}

/** The figures with words less than `least` CSS pixels high. */
export function smallLettering(least) {
  const height = (text) => {
    const { c, d } = text.getScreenCTM();
    return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(c, d);
  };
  return [...document.querySelectorAll('main figure svg')].flatMap((svg) => {
    const words = [...svg.querySelectorAll('text')].filter((text) => text.textContent.trim());
    const small = words.filter((text) => height(text) < least - 0.05);
    return small.length ? [`${nameOf(svg)} has words ${height(small[0]).toFixed(1)} px high: “${small[0].textContent}”`] : [];
  });
}

/** Of each figure, how bright its ink and its surface are as drawn, from 0 to 255. */
export function figureColours() {
  const brightness = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const painted = (svg, variable) => {
    for (const property of ['fill', 'stroke']) {
      const mark = svg.querySelector(`[${property}*="--plot-${variable}"]`);
      if (mark) return brightness(getComputedStyle(mark)[property]);
    }
    return null;
  };
  // A figure without words or lines, as an image of a digit is, needs no ink.
  return [...document.querySelectorAll('main figure svg')].filter((svg) => svg.querySelector('text, [stroke]')).map((svg) => ({
    name: nameOf(svg),
    ink: painted(svg, 'ink') ?? painted(svg, 'muted'),
    surface: painted(svg, 'surface'),
  }));
}

/** The page's own colours, as one text to compare. */
export function pageColours() {
  const { color, backgroundColor } = getComputedStyle(document.documentElement);
  return `${color} on ${backgroundColor}`;
}
