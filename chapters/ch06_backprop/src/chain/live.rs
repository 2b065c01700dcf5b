//! The neuron's circuit, with numbers of the reader's, as far as the reader has walked through it.

use lesson::{Kind, Knob, Knobs, Live, Page, Result, fixed};
use plot::{Color, Diagram, Figure, Node, Wire};

use super::shown::NAMES;
use super::{NEURON, Step, passes};

/// What happens at each stage of the walk, and which step of the circuit does it.
const STAGES: [(&str, Option<usize>); 13] = [
    ("the five numbers stand at the inputs", None),
    ("the upper product multiplies w₁ and x₁", Some(5)),
    ("the lower product multiplies w₂ and x₂", Some(6)),
    ("the first sum adds the two products", Some(7)),
    ("the second sum adds b", Some(8)),
    ("the sigmoid makes a, and the way forward ends", Some(9)),
    ("the way back begins at a, with a slope of one", None),
    ("the sigmoid hands the slope back, times a(1 − a)", Some(9)),
    ("the second sum hands the slope to both its inputs, as it is", Some(8)),
    ("the first sum hands the slope to both products, as it is", Some(7)),
    ("the lower product hands the slope back, times the other factor each", Some(6)),
    ("the upper product hands the slope back, times the other factor each", Some(5)),
    ("all slopes are known", None),
];
/// The first stage of the way back.
const BACK: usize = 6;

const fn input(name: &'static str, label: &'static str, step: usize) -> Knob {
    let Step::Input(book) = NEURON[step] else { panic!("this is no input") };
    Knob { name, label, kind: Kind::Slider { from: -4.0, to: 4.0, step: 0.1, book } }
}

/// The circuit that the reader walks through.
pub const CIRCUIT: Live = Live {
    name: "circuit",
    knobs: &[
        Knob {
            name: "stage",
            label: "forward, then back",
            kind: Kind::Steps {
                most: STAGES.len() - 1,
                stride: 1,
                book: STAGES.len() - 1,
            },
        },
        input("w1", "w₁", 0),
        input("x1", "x₁", 1),
        input("w2", "w₂", 2),
        input("x2", "x₂", 3),
        input("b", "b", 4),
    ],
    draw,
};

/// The stage at which the value of a step is there.
fn forward_at(step: usize) -> usize {
    STAGES[..BACK].iter().position(|(_, does)| *does == Some(step)).unwrap_or(0)
}

/// The stage at which its slope is there: when the step that uses it has handed it back.
fn back_at(step: usize) -> usize {
    let uses = |user: &Step| match *user {
        Step::Add(a, b) | Step::Multiply(a, b) => a == step || b == step,
        Step::Sigmoid(z) => z == step,
        Step::Input(_) => false,
    };
    let Some(user) = NEURON.iter().position(uses) else { return BACK };
    let hands = |stage: &usize| STAGES[*stage].1 == Some(user);
    (BACK..STAGES.len()).find(hands).expect("every step hands its slope back")
}

fn draw(knobs: &Knobs, page: &mut Page) -> Result {
    let stage = knobs.count("stage");
    let mut steps = NEURON;
    for (step, name) in steps.iter_mut().zip(["w1", "x1", "w2", "x2", "b"]) {
        *step = Step::Input(knobs.number(name));
    }
    let (values, gradients) = passes(&steps);
    let known = |number: f64, at: usize| (stage >= at).then_some(number);
    let forth = |step: usize| known(values[step], forward_at(step));
    let back = |step: usize| known(gradients[step], back_at(step));
    page.figure("circuit", &circuit(stage, forth, back));
    page.value("circuit_now", STAGES[stage].0);
    let long = |number: Option<f64>| number.map_or("still open".into(), |n| fixed(n, 4));
    page.value("circuit_a", long(forth(9)));
    page.value("circuit_slope", long(back(0)));
    Ok(())
}

/// A number for a wire: as many decimals as it has, at most three, and a true minus sign.
pub(super) fn short(number: f64) -> String {
    let is_exact = |decimals: &usize| {
        let text = fixed(number, *decimals);
        text.parse::<f64>().is_ok_and(|rounded| (rounded - number).abs() < 1e-9)
    };
    let decimals = (0..3).find(is_exact).unwrap_or(3);
    fixed(number, decimals).replace('-', "−")
}

/// The circuit with the numbers that are known; the step that is at work has the colour of its direction.
fn circuit(
    stage: usize,
    forth: impl Fn(usize) -> Option<f64>,
    back: impl Fn(usize) -> Option<f64>,
) -> Figure {
    let mut diagram = Diagram::new().row_height(62.0);
    let rows = [0.0, 1.55, 2.8, 4.35];
    let inputs = [0, 1, 2, 3]
        .map(|input| diagram.node(Node::text(0.0, rows[input], NAMES[input])));
    let mut circle = |step: usize, column: f64, row: f64, words: &str| {
        let node = Node::new(column, row, words).radius(18.0);
        let works = STAGES[stage].1 == Some(step);
        let color = if stage < BACK { Color::Blue } else { Color::Vermillion };
        diagram.node(if works { node.color(color) } else { node })
    };
    let first = circle(5, 1.3, 0.0, "×");
    let second = circle(6, 1.3, 2.8, "×");
    let sum = circle(7, 2.45, 1.4, "+");
    let z = circle(8, 3.55, 1.4, "+");
    let bend = circle(9, 4.6, 1.4, "σ");
    let bias = diagram.node(Node::text(2.45, 3.3, "b"));
    let output = diagram.node(Node::text(5.6, 1.4, "a"));
    let wires = [
        (inputs[0], first, 0),
        (inputs[1], first, 1),
        (inputs[2], second, 2),
        (inputs[3], second, 3),
        (bias, z, 4),
        (first, sum, 5),
        (second, sum, 6),
        (sum, z, 7),
        (z, bend, 8),
        (bend, output, 9),
    ];
    for (from, to, step) in wires {
        let wire = Wire::new(from, to).arrow();
        // The inputs below the others send their wires up; their words stay near their ends.
        let wire = wire.at(if step == 1 || step == 3 { 0.4 } else { 0.5 });
        let word = |number: Option<f64>| number.map_or(String::new(), short);
        diagram.wire(wire.both_ways(word(forth(step)), word(back(step))));
    }
    Figure::new(
        "A neuron as a circuit",
        "Two products, two sums and a sigmoid. Above each wire the value that flows forward, below it the \
         gradient that flows back.",
    )
    .diagram(diagram)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(address: &str) -> String {
        CIRCUIT.at(address).unwrap().figures()[0].1.clone()
    }

    fn number(address: &str, name: &str) -> f64 {
        let values = CIRCUIT.at(address).unwrap().values_pinned();
        let line = values.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap().trim_start_matches(" = ").parse().unwrap()
    }

    /// What the figure lets one discover: a small turn changes a by the slope, and a large one does not.
    #[test]
    fn a_small_turn_of_a_weight_moves_the_output_by_the_slope() {
        let moved =
            |to: &str| number(&format!("w1={to}"), "circuit_a") - number("", "circuit_a");
        let slope = number("", "circuit_slope");
        assert!((moved("2.1") - 0.1 * slope).abs() < 0.02 * slope.abs());
        assert!((moved("-4") + 6.0 * slope).abs() > slope.abs());
    }

    #[test]
    fn a_weight_whose_input_is_zero_hears_nothing() {
        assert_eq!(number("x1=0", "circuit_slope"), 0.0);
    }

    #[test]
    fn numbers_that_are_not_reached_are_blank() {
        assert!(drawn("").contains("0.731") && drawn("").contains("0.393"));
        assert!(!drawn("stage=4").contains("0.731"));
        assert!(drawn("stage=5").contains("0.731"));
        assert!(
            !drawn("stage=6").contains("0.197") && drawn("stage=7").contains("0.197")
        );
        let slopes = (0..10).map(back_at).collect::<Vec<_>>();
        assert_eq!(slopes, [11, 11, 10, 10, 8, 9, 9, 8, 7, 6]);
    }

    #[test]
    fn a_wire_has_no_more_decimals_than_its_number() {
        for (number, text) in
            [(4.0, "4"), (0.1 + 0.2, "0.3"), (1.1 * -1.3, "−1.43"), (-0.5898, "−0.590")]
        {
            assert_eq!(short(number), text);
        }
    }
}
