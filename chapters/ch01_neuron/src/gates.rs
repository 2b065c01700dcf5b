//! AND, OR and NAND by weights set by hand, and a sigmoid that turns into a threshold.

pub(crate) mod shown;

use nn::Activation::{self, Sigmoid, Threshold};
use nn::Neuron;

use crate::corners::answers;

/// Three gates as neurons with a threshold.
pub fn gates() -> [(&'static str, Neuron); 3] {
    [
        ("AND", Neuron::new(&[1.0, 1.0], -1.5, Threshold)),
        ("OR", Neuron::new(&[1.0, 1.0], -0.5, Threshold)),
        ("NAND", Neuron::new(&[-1.0, -1.0], 1.5, Threshold)),
    ]
}

/// How many times as loud the table makes a gate: its c.
pub const FACTORS: &[f64] = &[1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];

/// The same neuron with all its numbers multiplied by `c`, and another bend.
pub fn louder(neuron: &Neuron, c: f64, activation: Activation) -> Neuron {
    let weights: Vec<f64> = neuron.weights.iter().map(|weight| c * weight).collect();
    Neuron::new(&weights, c * neuron.bias, activation)
}

/// The largest difference, over the four corners, between a gate's threshold and its sigmoid when both are
/// `c` times as loud.
pub fn largest_difference(gate: &Neuron, c: f64) -> f64 {
    let [smooth, sharp] =
        [Sigmoid, Threshold].map(|bend| answers(&louder(gate, c, bend)));
    smooth.iter().zip(sharp).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corners::CORNERS;

    #[test]
    fn each_gate_says_what_its_name_says() {
        let wanted = [[0.0, 0.0, 0.0, 1.0], [0.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 0.0]];
        assert_eq!(gates().map(|(_, gate)| answers(&gate)), wanted);
    }

    #[test]
    fn nands_alone_make_every_gate_and_four_of_them_make_xor() {
        let [_, _, (_, nand)] = gates();
        // What a gate answers at the four corners is all there is to know about it.
        let nand = |a: [f64; 4], b: [f64; 4]| {
            std::array::from_fn(|corner| nand.output(&[a[corner], b[corner]]))
        };
        let [x1, x2] = [0, 1].map(|input| CORNERS.map(|corner| corner[input]));
        let first = nand(x1, x2);
        assert_eq!(nand(nand(x1, first), nand(first, x2)), [0.0, 1.0, 1.0, 0.0]);

        let mut made = vec![x1, x2];
        loop {
            let pairs = made.iter().flat_map(|a| made.iter().map(move |b| (*a, *b)));
            let new = pairs.map(|(a, b)| nand(a, b)).find(|gate| !made.contains(gate));
            match new {
                Some(gate) => made.push(gate),
                None => break,
            }
        }
        assert_eq!(made.len(), 16);
    }

    #[test]
    fn a_louder_threshold_gives_the_same_answers_and_a_louder_sigmoid_comes_closer() {
        for (name, gate) in gates() {
            assert_eq!(
                answers(&louder(&gate, 100.0, Threshold)),
                answers(&gate),
                "{name}"
            );
            for (quiet, loud) in [(1.0, 2.0), (2.0, 5.0), (5.0, 10.0)] {
                let [quiet, loud] =
                    [quiet, loud].map(|c| answers(&louder(&gate, c, Sigmoid)));
                for ((quiet, loud), sharp) in quiet.iter().zip(loud).zip(answers(&gate)) {
                    assert!((loud - sharp).abs() < (quiet - sharp).abs(), "{name}");
                }
            }
        }
    }
}
