//! Every finite input gives a figure, in bounded time, with ticks that can be read.

use std::f64::consts::LN_2;
use std::ops::RangeInclusive;

use plot::{
    Axis, Band, Bars, Contours, Diagram, Field, Figure, HeatMap, Line, Node, Note, Panel,
    Path, Points, Regions, Rule, Wire,
};
use proptest::prelude::*;

/// An axis of a figure as it is drawn: for each tick its label, and its place along the axis in canvas pixels.
fn ticks(svg: &str, across: bool) -> Vec<(String, f64)> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let inherited = |node: roxmltree::Node<'_, '_>, name: &str| {
        node.ancestors().find_map(|node| node.attribute(name)).map(str::to_owned)
    };
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    let anchor = if across { "middle" } else { "end" };
    texts
        .filter(|node| inherited(*node, "text-anchor").as_deref() == Some(anchor))
        .map(|node| {
            let at = node.attribute(if across { "x" } else { "y" }).unwrap();
            (node.text().unwrap().to_owned(), at.parse().unwrap())
        })
        .collect()
}

/// The number that a label says.
fn read(label: &str) -> f64 {
    let plain: String = label
        .chars()
        .filter_map(|c| match c {
            '\u{202f}' => None,
            '−' | '⁻' => Some('-'),
            '¹' => Some('1'),
            '²' => Some('2'),
            '³' => Some('3'),
            '⁰' | '⁴'..='⁹' => char::from_digit(c as u32 - '⁰' as u32, 10),
            other => Some(other),
        })
        .collect();
    let raised = label.contains(|c| "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c));
    let number = match plain.split_once("·10") {
        Some((mantissa, exponent)) => {
            let size = mantissa.trim_start_matches('-').parse::<f64>().unwrap();
            assert!((1.0..10.0).contains(&size), "the mantissa of {label}");
            format!("{mantissa}e{exponent}")
        }
        None if raised && plain.starts_with("-10") => format!("-1e{}", &plain[3..]),
        None if raised => format!("1e{}", &plain[2..]),
        None => plain,
    };
    number.parse().unwrap_or_else(|_| panic!("{label} is no number"))
}

fn axis(range: RangeInclusive<f64>, log: bool) -> Axis {
    let axis = Axis::new("").range(range);
    if log { axis.log() } else { axis }
}

/// Draws an axis in both directions and checks its ticks.
fn assert_sound(range: RangeInclusive<f64>, log: bool) {
    let (low, high) = (*range.start(), *range.end());
    let panel = |across: bool| {
        let (shown, other) = (axis(range.clone(), log), Axis::new("").hidden());
        if across {
            Panel::new().x(shown).y(other)
        } else {
            Panel::new().x(other).y(shown)
        }
    };
    for across in [true, false] {
        let svg = Figure::new("Axis", "").panel(panel(across)).svg();
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        let ticks = ticks(&svg, across);
        assert!((1..=7).contains(&ticks.len()), "{low:e} to {high:e}: {ticks:?}");
        // In halves, which do not overflow.
        let (span, rounding) =
            (high / 2.0 - low / 2.0, low.abs().max(high.abs()) * 1e-15);
        let values: Vec<f64> = ticks.iter().map(|(label, _)| read(label)).collect();
        for (value, (label, at)) in values.iter().zip(&ticks) {
            let slack = 2.0 * (1e-6 * span + rounding + f64::from_bits(1));
            assert!(
                *value >= low - slack && *value <= high + slack,
                "{label} lies outside {low:e} to {high:e}"
            );
            assert!((0.0..=5600.0).contains(at), "{label} stands at {at}");
        }
        for (pair, words) in values.windows(2).zip(ticks.windows(2)) {
            assert!(pair[0] < pair[1], "{low:e} to {high:e}: {ticks:?}");
            let step =
                if across { words[1].1 - words[0].1 } else { words[0].1 - words[1].1 };
            assert!(step > 150.0, "{low:e} to {high:e}: {ticks:?}");
        }
        // On a linear axis the places of the labels are those of the numbers that they say.
        if let (false, [first, .., last]) = (log, &values[..]) {
            let (from, to) = (ticks[0].1, ticks[ticks.len() - 1].1);
            for (value, (label, at)) in values.iter().zip(&ticks) {
                let share = (value / 2.0 - first / 2.0) / (last / 2.0 - first / 2.0);
                let off = (from + share * (to - from) - at).abs();
                assert!(
                    off < 20.0 || span <= (1e12 * rounding).max(1e-300),
                    "{label} stands {off} away"
                );
            }
        }
    }
}

/// Numbers of all magnitudes and both signs, and those at which arithmetic ends.
fn number() -> impl Strategy<Value = f64> {
    let special =
        [0.0, f64::MAX, f64::MIN, 1e308, f64::MIN_POSITIVE, 5e-324, 1e-320, 1.0, 1e294];
    prop_oneof![
        6 => any::<f64>().prop_filter("finite", |value| value.is_finite()),
        3 => -1e6..1e6_f64,
        1 => prop::sample::select(special.to_vec()),
    ]
}

/// Ranges of all magnitudes, and short ones far from zero.
fn range() -> impl Strategy<Value = (f64, f64)> {
    let wide = (number(), number());
    let short = (number(), -17.0..0.0_f64)
        .prop_map(|(from, width)| (from, from + from.abs() * libm::pow(10.0, width)));
    let ulps = (number(), 1..100_u64).prop_map(|(from, ulps)| {
        (from, (0..ulps).fold(from, |value, _| value.next_up()))
    });
    prop_oneof![wide, short, ulps]
        .prop_map(|(a, b)| (a.min(b), a.max(b)))
        .prop_filter("a range", |(low, high)| low < high && high.is_finite())
}

fn no_files(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(no_files(1_500))]

    #[test]
    fn a_linear_axis_over_any_range_has_sound_ticks((low, high) in range()) {
        assert_sound(low..=high, false);
    }

    #[test]
    fn a_logarithmic_axis_over_any_range_has_sound_ticks((low, high) in range()) {
        let (low, high) = (low.abs().min(high.abs()), low.abs().max(high.abs()));
        prop_assume!(low > 0.0 && low < high);
        assert_sound(low..=high, true);
    }

    #[test]
    fn own_ticks_say_their_values_and_neighbours_differ(values in prop::collection::vec(number(), 1..5)) {
        let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(*value), high.max(*value)));
        prop_assume!(low < high);
        let axis = Axis::new("").range(low..=high).ticks(values.clone());
        let svg = Figure::new("Axis", "").panel(Panel::new().x(Axis::new("").hidden()).y(axis)).svg();
        let ticks = ticks(&svg, false);
        prop_assert!(!ticks.is_empty());
        prop_assert!(ticks.windows(2).all(|pair| pair[0].0 != pair[1].0), "{:?}", ticks);
        for (label, _) in &ticks {
            let said = read(label);
            let near = |value: &f64| said == *value || ((said - value) / value).abs() < 1e-11;
            prop_assert!(values.iter().any(near), "{} for one of {:?}", label, values);
        }
    }
}

/// Every kind of mark, with these numbers for data.
fn every_mark(data: &[f64]) -> Vec<Panel> {
    let at = |i: usize| data[i % data.len()];
    let pairs = || (0..data.len()).map(|i| (at(i), at(i + 1)));
    let (low, high) = (at(0).min(at(1)), at(0).max(at(1)));
    let mut panels = vec![
        Panel::new().draw(Line::new(pairs()).label("line")),
        Panel::new().draw(Band::new(pairs().map(|(x, y)| (x, y, at(2))))),
        Panel::new().draw(Points::new(pairs()).names(data.iter().map(|_| "name"))),
        Panel::new().draw(Path::new(pairs())),
        Panel::new().draw(Bars::new(data.iter().copied()).numbers(2)),
        Panel::new().draw(HeatMap::new(1, data.iter().copied()).diverging().numbers(2)),
        Panel::new()
            .draw(Line::new(pairs()))
            .draw(Rule::horizontal(at(0)).label("lying"))
            .draw(Rule::vertical(at(1)).label("standing"))
            .draw(Rule::zero_of(at(0), at(1), at(2)).label("oblique"))
            .draw(Rule::segment((at(0), at(1)), (at(2), at(3))).label("segment"))
            .draw(Note::new((at(0), at(1)), "note").points_at((at(2), at(3)))),
    ];
    if low < high {
        let cells = std::cell::RefCell::new((0..).map(at));
        let value = |_, _| cells.borrow_mut().next().unwrap_or(0.0);
        let field = Field::sample(low..=high, low..=high, value);
        panels.extend([
            Panel::new().draw(Line::function(low..=high, |x| x)),
            Panel::new().draw(Bars::histogram(data.iter().copied(), low..=high, 7)),
            Panel::new().draw(Contours::new(&field)),
            Panel::new().equal().draw(Regions::split(&field, at(3))),
            // Data outside of the limits.
            Panel::new()
                .x(Axis::new("").range(low..=high))
                .y(Axis::new("").range(low..=high))
                .draw(
                    Line::new([(f64::MIN, f64::MAX), (f64::MAX, f64::MIN)]).label("line"),
                )
                .draw(Bars::new(data.iter().copied()))
                .draw(Points::new(pairs())),
        ]);
    }
    panels
}

fn assert_drawn(data: &[f64]) {
    for log in [false, true] {
        let axis = || if log { Axis::new("x").log() } else { Axis::new("x") };
        for (i, panel) in every_mark(data).into_iter().enumerate() {
            // Equal scales are for linear axes.
            if log && i == 10 {
                continue;
            }
            let panel = if i == 11 { panel } else { panel.x(axis()).y(axis()) };
            let svg = Figure::new("Marks", "").panel(panel).svg();
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{data:?}, {i}: {svg}");
            roxmltree::Document::parse(&svg).unwrap();
            let longest = svg.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
            assert!(longest < Some(17), "{data:?}, {i}: {svg}");
        }
    }
}

proptest! {
    #![proptest_config(no_files(150))]

    #[test]
    fn every_mark_draws_any_finite_data(data in prop::collection::vec(number(), 4..9)) {
        assert_drawn(&data);
    }
}

#[test]
fn every_mark_draws_equal_values_and_neighbours() {
    for value in [0.0, 1.0, -1.0, 5e-324, 1e-320, 1e294, f64::MAX, f64::MIN] {
        assert_drawn(&[value; 4]);
        let next = if value == f64::MAX { value.next_down() } else { value.next_up() };
        assert_drawn(&[value, next, value, next]);
        assert_drawn(&[value, f64::NAN, f64::INFINITY, f64::NEG_INFINITY]);
    }
}

#[test]
fn the_widest_axes_have_ticks() {
    for (low, high) in [
        (-1e308, 1e308),
        (f64::MIN, f64::MAX),
        (0.0, 5e-324),
        (LN_2 - 7.2e-6, LN_2),
        (0.99995, 1.0),
    ] {
        assert_sound(low..=high, false);
    }
    for (low, high) in
        [(1.0, 1e294), (1e-320, 1.0), (5e-324, f64::MAX), (1.0, 1.0_f64.next_up())]
    {
        assert_sound(low..=high, true);
    }
}

#[test]
fn close_ticks_show_where_they_differ() {
    let labels = |low, high| {
        let panel = Panel::new().x(axis(low..=high, false)).y(Axis::new("").hidden());
        let svg = Figure::new("Axis", "").panel(panel).svg();
        ticks(&svg, true).into_iter().map(|tick| tick.0).collect::<Vec<_>>()
    };
    assert_eq!(
        labels(LN_2 - 7.2e-6, LN_2),
        ["0.693140", "0.693142", "0.693144", "0.693146"]
    );
    assert_eq!(
        labels(0.999_95, 1.0),
        ["0.99995", "0.99996", "0.99997", "0.99998", "0.99999", "1.00000"]
    );
    assert_eq!(
        labels(1e6, 1e6 + 10.0)[..2],
        ["1\u{202f}000\u{202f}000", "1\u{202f}000\u{202f}005"]
    );
    assert_eq!(labels(0.0, 4e-7)[..3], ["0", "10⁻⁷", "2·10⁻⁷"]);
}

#[test]
fn own_ticks_show_no_noise() {
    let axis = Axis::new("").range(0.0..=2e5).ticks([0.1 + 0.2, 0.7, 1.1 * 1.1, 1e5]);
    let panel = Panel::new().x(Axis::new("").hidden()).y(axis.log().range(0.1..=2e5));
    let svg = Figure::new("Axis", "").panel(panel).svg();
    let labels: Vec<_> = ticks(&svg, false).into_iter().map(|tick| tick.0).collect();
    assert_eq!(labels, ["0.3", "1.21", "100\u{202f}000"]);
}

/// How many separate lines of the first series' colour there are.
fn blue_lines(svg: &str) -> usize {
    let document = roxmltree::Document::parse(svg).unwrap();
    let stroke = |node: &roxmltree::Node<'_, '_>| {
        let stroke = node.ancestors().find_map(|node| node.attribute("stroke"));
        stroke.is_some_and(|stroke| stroke.contains("plot-blue"))
    };
    document
        .descendants()
        .filter(|node| node.has_tag_name("path") && stroke(node))
        .count()
}

#[test]
fn a_line_at_the_last_number_is_drawn_and_named() {
    let top = f64::MAX;
    for (value, log) in [
        (top, false),
        (-top, false),
        (top, true),
        (top.next_down(), true),
        (5e-324, true),
    ] {
        for aspect in (2..60).map(|tenths| f64::from(tenths) / 10.0) {
            let y = if log { Axis::new("y").log() } else { Axis::new("y") };
            let line = Line::over_index([value, value]).label("here");
            let panel = Panel::new().y(y).aspect(aspect).draw(line);
            let svg = Figure::new("Top", "").panel(panel).svg();
            assert_eq!(blue_lines(&svg), 1, "{value:e}, {log}, {aspect}");
            assert!(svg.contains(">here</text>"), "{value:e}, {log}, {aspect}");
        }
    }
}

#[test]
fn the_outer_bars_of_the_widest_histogram_are_as_wide_as_the_others() {
    let bars = Bars::histogram([f64::MIN, 0.0, f64::MAX], f64::MIN..=f64::MAX, 4);
    let panel = Panel::new().draw(bars.numbers(0));
    let svg = Figure::new("Bars", "").panel(panel).svg();
    let document = roxmltree::Document::parse(&svg).unwrap();
    let shapes = document.descendants().filter_map(|node| {
        let data = node.attribute("d").filter(|data| data.contains('v'))?;
        node.attribute("fill").filter(|fill| fill.contains("plot-blue"))?;
        Some(data)
    });
    let widths: Vec<f64> = shapes
        .flat_map(|data| data.split('h').skip(1).step_by(2))
        .map(|rest| rest.split('v').next().unwrap().parse().unwrap())
        .collect();
    assert_eq!(widths.len(), 4, "{svg}");
    assert!(widths.iter().all(|width| (width - widths[0]).abs() <= 2.0), "{widths:?}");
    let counts: Vec<_> = document
        .descendants()
        .filter(|node| {
            node.has_tag_name("text") && node.attribute("paint-order").is_some()
                || node
                    .parent()
                    .is_some_and(|group| group.attribute("paint-order").is_some())
        })
        .filter_map(|node| node.text().filter(|words| !words.trim().is_empty()))
        .collect();
    assert_eq!(counts, ["1", "0", "1", "1"]);
}

/// Every mark with so many data, as they come from an experiment that has gone wrong.
fn crowds(count: u32) -> Vec<(&'static str, Panel)> {
    let noise = |i: u32, seed: u32| {
        let mixed = (i ^ seed).wrapping_mul(0x9e37_79b1);
        let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x85eb_ca77);
        f64::from(mixed ^ (mixed >> 13)) / f64::from(u32::MAX)
    };
    let heights = move || (0..count).map(move |i| noise(i, 1));
    let places = move || (0..count).map(move |i| (noise(i, 1), noise(i, 2)));
    let gaps =
        move || (0..count).map(move |i| if i % 3 == 2 { f64::NAN } else { noise(i, 1) });
    let rows =
        move || (0..count).map(move |i| (f64::from(i), noise(i, 1), 1.0 + noise(i, 2)));
    let narrow = || Axis::new("").range(0.3..=0.7);
    vec![
        (
            "flip",
            Panel::new()
                .draw(Path::new((0..count).map(|i| f64::from(i % 2)).map(|x| (x, x)))),
        ),
        ("noise", Panel::new().draw(Line::over_index(heights()))),
        ("clipped", Panel::new().y(narrow()).draw(Line::over_index(heights()))),
        ("gaps", Panel::new().draw(Line::over_index(gaps()))),
        ("scribble", Panel::new().draw(Line::new(places()))),
        ("path", Panel::new().draw(Path::new(places()))),
        ("clipped path", Panel::new().x(narrow()).y(narrow()).draw(Path::new(places()))),
        ("band", Panel::new().draw(Band::new(rows()))),
        ("clipped band", Panel::new().y(narrow()).draw(Band::new(rows()))),
        (
            "scribbled band",
            Panel::new().draw(Band::new(places().map(|(x, y)| (x, y, 1.0 - y)))),
        ),
        (
            "broken band",
            Panel::new().draw(Band::new(gaps().zip(heights()).map(|(y, x)| (x, y, 1.0)))),
        ),
        ("points", Panel::new().draw(Points::new(places()))),
        ("bars", Panel::new().draw(Bars::new(heights()))),
        ("histogram", Panel::new().draw(Bars::histogram(heights(), 0.0..=1.0, 5_000))),
        (
            "several",
            (0..4).fold(Panel::new(), |panel, _| {
                panel.draw(Line::new(places())).draw(Points::new(places()))
            }),
        ),
    ]
}

#[test]
fn a_crowd_of_any_mark_fits_into_a_file() {
    for count in [2_000, 5_000, 100_000] {
        for (name, panel) in crowds(count) {
            let size = Figure::new("Many", "").panel(panel).svg().len();
            assert!((1_000..40_000).contains(&size), "{name}, {count}: {size}");
        }
    }
}

#[test]
fn noise_in_the_plane_fits_into_a_file() {
    for side in [30.0, 100.0, 1_000.0] {
        let noise = |x: f64, y: f64| {
            let i = ((x * side).floor() + side * (y * side).floor()) as usize;
            (i * 7919 % 10_007 * (i % 101)) as f64
        };
        let field = Field::sample(0.0..=1.0, 0.0..=1.0, noise);
        let contours = Panel::new().draw(Contours::new(&field));
        let regions = Panel::new().draw(Regions::split(&field, 250_000.0));
        for panel in [contours, regions] {
            let size = Figure::new("Noise", "").panel(panel).svg().len();
            assert!((1_000..40_000).contains(&size), "{side}: {size}");
        }
    }
}

#[test]
fn a_diagram_draws_any_place() {
    let mut diagram = Diagram::new();
    let a = diagram.node(Node::new(-1000.0, 1000.0, "a").radius(200.0));
    let b = diagram.node(Node::new(1000.0, 999.999, "b").radius(0.0));
    diagram.wire(Wire::new(a, b).label("w").arrow());
    diagram.wire(Wire::new(a, a).both_ways("1", "2"));
    let svg = Figure::new("Diagram", "").diagram(diagram).svg();
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
}
