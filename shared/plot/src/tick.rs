//! Where an axis has ticks, and what is written there.

use crate::{Range, decimal::Decimal, text};

/// A tick: its value, and its words.
pub(crate) type Tick = (f64, String);

/// The most digits that a label needs to tell ticks apart; those after them are rounding.
const DIGITS: usize = 12;

/// Ticks at a caller's values, each written with the digits it needs, and with more where neighbours would read the same.
pub(crate) fn at(values: impl IntoIterator<Item = f64>) -> Vec<Tick> {
    let mut values: Vec<f64> =
        values.into_iter().filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let near = |most| values.iter().map(|&v| Decimal::near(v, most)).collect::<Vec<_>>();
    let short = near(DIGITS);
    let differ = short.windows(2).all(|pair| pair[0] != pair[1]);
    own(&if differ { short } else { near(17) })
}

/// Ticks with the digits that each of them needs.
fn own(ticks: &[Decimal]) -> Vec<Tick> {
    let long = |tick: &Decimal| tick.value().abs() >= 1e6 || tick.decimals() > 4;
    written(ticks, None, ticks.iter().any(long))
}

/// Choices of ticks at steps of 1, 2 and 5 times a power of ten, the densest first.
pub(crate) fn linear(range: Range) -> Vec<Vec<Tick>> {
    let size = range.low.abs().max(range.high.abs());
    if range.span() / size < 1e-12 {
        return vec![own(&[range.low, range.high].map(|end| Decimal::near(end, 17)))];
    }
    let decade = libm::floor(libm::log10(range.span())) as i32 - 1;
    let steps = (decade..decade + 3).flat_map(|e| [1, 2, 5].map(|digit: i64| (digit, e)));
    let choice = |(digit, exponent)| {
        // Numbers below 1e-308 have few digits: there, all are taken 1e100 times as large.
        let (more, times) = if exponent < -200 { (100, 1e100) } else { (0, 1.0) };
        let step = Decimal::new(digit, exponent + more).value();
        let (low, high) = (range.low * times / step, range.high * times / step);
        let (first, last) = ((low - 1e-6).ceil(), (high + 1e-6).floor());
        let count = (last - first).clamp(-1.0, 200.0) as i64;
        let ticks: Vec<Decimal> = (0..=count)
            .map(|i| Decimal::new((first as i64 + i) * digit, exponent))
            .collect();
        let decimals = usize::try_from(-exponent).unwrap_or(0);
        let long = size >= 1e6 || decimals > 4;
        written(&ticks, Some(decimals), long)
    };
    steps.map(choice).collect()
}

/// Choices of ticks at powers of ten, with twos and fives between them where the range is short; where it is so short that
/// these would be few, the ticks of a linear axis.
pub(crate) fn logarithmic(range: Range) -> Vec<Vec<Tick>> {
    let (first, last) = (libm::log10(range.low), libm::log10(range.high));
    let decades = libm::floor(first) as i32..=libm::ceil(last) as i32;
    let mut choices = Vec::new();
    if last - first < 0.6 {
        choices.extend(linear(range));
    }
    if last - first < 2.0 {
        let digits = |e| [1, 2, 5].map(|digit| Decimal::new(digit, e));
        let ticks: Vec<Decimal> = decades.clone().flat_map(digits).collect();
        let long = range.low < 0.999e-4 || range.high > 0.999e6;
        choices.push(written(&ticks, None, long));
    }
    let long = !decades.clone().all(|e| (-3..=4).contains(&e));
    for stride in [1, 2, 3, 4, 5, 10, 20, 50, 100, 200] {
        let chosen = decades.clone().filter(|e| e % stride == 0);
        let ticks: Vec<Decimal> = chosen.map(|e| Decimal::new(1, e)).collect();
        choices.push(written(&ticks, None, long));
    }
    choices
}

/// Ticks whose labels keep clear of each other along an axis of this length, on which they stand in order. Words, which
/// may be as wide as `widest`, are wrapped where they would collide, side by side as often as it takes, one above the other
/// as often as there is room for. Left out are ticks too close for a few letters, or for a line, and numbers that collide.
pub(crate) fn fitted(
    ticks: Vec<Tick>,
    length: f64,
    across: bool,
    widest: Option<f64>,
) -> Vec<Tick> {
    let apart = |a: &Tick, b: &Tick| (a.0 - b.0).abs() * length;
    let size = |tick: &Tick| match across {
        true => text::width(&tick.1) + 4.0,
        false => text::height(&tick.1),
    };
    let collide = |a: &Tick, b: &Tick| (size(a) + size(b)) / 2.0 > apart(a, b) + 1e-6;
    let least = match widest {
        None => f64::MAX,
        Some(_) if across => 1.5 * text::LINE,
        Some(_) => text::LINE,
    };
    let mut kept: Vec<Tick> = Vec::new();
    for (at, words) in ticks {
        let tick = (at, text::wrap(&words, widest.unwrap_or(f64::MAX)));
        let crowded =
            |last: &Tick| apart(last, &tick) < least - 1e-6 && collide(last, &tick);
        if !kept.last().is_some_and(crowded) {
            kept.push(tick);
        }
    }
    let fit = |i: usize| {
        let tick = &kept[i];
        let others = [i.checked_sub(1), Some(i + 1)];
        let beside = || others.into_iter().flatten().filter_map(|j| kept.get(j));
        if !beside().any(|other| collide(tick, other)) {
            return tick.clone();
        }
        let room = beside().map(|other| apart(tick, other)).fold(f64::MAX, f64::min);
        let words = match across {
            true => text::wrap(&tick.1, room - 4.0),
            false => text::shorten(&tick.1, ((room + 1e-6) / text::LINE) as usize),
        };
        (tick.0, words)
    };
    (0..kept.len()).map(fit).collect()
}

/// How the ticks of an axis are written: all out, with so many decimals or as many as each needs; or, where that would be
/// `long`, all with powers of ten, unless these need so many digits that they are longer still.
fn written(ticks: &[Decimal], decimals: Option<usize>, long: bool) -> Vec<Tick> {
    let plain =
        || ticks.iter().map(|tick| tick.plain(decimals.unwrap_or(tick.decimals())));
    let scientific = || ticks.iter().map(|tick| tick.scientific());
    let widest = |words: &mut dyn Iterator<Item = String>| {
        words.map(|words| text::width(&words)).fold(0.0, f64::max)
    };
    let short = ticks.iter().all(|tick| tick.count() <= 3);
    let values = ticks.iter().map(|tick| tick.value());
    if long && (short || widest(&mut scientific()) < widest(&mut plain())) {
        values.zip(scientific()).collect()
    } else {
        values.zip(plain()).collect()
    }
}
