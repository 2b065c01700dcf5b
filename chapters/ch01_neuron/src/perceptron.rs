//! The perceptron rule (Rosenblatt, by 1962): it learns OR in a few passes, and goes round for ever on XOR.

mod live;
pub(crate) mod shown;

pub use live::ROUND;

use nn::{Activation, Neuron};

use crate::corners::CORNERS;

/// The answers that OR should give at the four corners.
pub const OR: [f64; 4] = [0.0, 1.0, 1.0, 1.0];
/// The answers that AND should give.
pub const AND: [f64; 4] = [0.0, 0.0, 0.0, 1.0];
/// The answers that XOR should give.
pub const XOR: [f64; 4] = [0.0, 1.0, 1.0, 0.0];

/// One look at one row.
#[derive(Clone, Debug)]
pub struct Look {
    /// The pass, counted from 1.
    pub pass: usize,
    /// The row's place among the corners.
    pub corner: usize,
    /// What the neuron said.
    pub said: f64,
    /// The neuron afterwards.
    pub after: Neuron,
}

/// Shows the four corners in turn and corrects after each, until a whole pass needs no correction or
/// the neuron comes back to where a pass began before.
pub fn learn(targets: [f64; 4]) -> (Vec<Look>, Option<usize>) {
    let mut neuron = Neuron::new(&[0.0, 0.0], 0.0, Activation::Threshold);
    let mut looks = Vec::new();
    let mut starts = Vec::new();
    for pass in 1.. {
        starts.push(neuron.clone());
        let mut corrections = 0;
        for (corner, target) in targets.iter().enumerate() {
            let said = correct(&mut neuron, &CORNERS[corner], *target);
            corrections += usize::from(said != *target);
            looks.push(Look { pass, corner, said, after: neuron.clone() });
        }
        if corrections == 0 {
            return (looks, None);
        }
        if let Some(earlier) = starts.iter().position(|start| *start == neuron) {
            return (looks, Some(pass - earlier)); // passes from there to here
        }
    }
    unreachable!("a neuron with whole weights that never grow must stop or come back")
}

/// One step of the rule: nudge each weight by error × input, and the bias by the error. Returns what the neuron said before.
pub fn correct(neuron: &mut Neuron, inputs: &[f64], target: f64) -> f64 {
    let said = neuron.output(inputs);
    let error = target - said; // 0 when right, else +1 or −1
    for (weight, input) in neuron.weights.iter_mut().zip(inputs) {
        *weight += error * input;
    }
    neuron.bias += error;
    said
}

/// The looks that end in a correction, one after the other: until a whole pass brings none, or there are `most` of them.
pub fn corrected(targets: [f64; 4], most: usize) -> Vec<Look> {
    let mut neuron = Neuron::new(&[0.0, 0.0], 0.0, Activation::Threshold);
    let mut looks: Vec<Look> = Vec::new();
    for pass in 1.. {
        let before = looks.len();
        for (corner, target) in targets.iter().enumerate() {
            if looks.len() == most {
                return looks;
            }
            let said = correct(&mut neuron, &CORNERS[corner], *target);
            if said != *target {
                looks.push(Look { pass, corner, said, after: neuron.clone() });
            }
        }
        if looks.len() == before {
            break;
        }
    }
    looks
}

/// A neuron that says no, and inputs for which it should say yes.
pub fn mistaken() -> (Neuron, [f64; 2]) {
    (Neuron::new(&[-1.0, 1.0], 0.0, Activation::Threshold), [2.0, -1.0])
}

/// What goes into the weighted sum of these inputs, and the sum: every product, the bias, and z.
pub fn parts(neuron: &Neuron, inputs: &[f64; 2]) -> [f64; 4] {
    let [x1, x2] = inputs;
    let [w1, w2] = [neuron.weights[0], neuron.weights[1]];
    [w1 * x1, w2 * x2, neuron.bias, neuron.weighted_sum(inputs)]
}

/// How many of these looks ended in a correction.
pub fn corrections(looks: &[Look], targets: [f64; 4]) -> usize {
    looks.iter().filter(|look| look.said != targets[look.corner]).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corners::answers;

    #[test]
    fn the_rule_learns_or() {
        let (looks, cycle) = learn(OR);
        assert_eq!(cycle, None);
        assert_eq!(answers(&looks[looks.len() - 1].after), OR);
    }

    #[test]
    fn a_correction_adds_the_square_of_each_input_to_its_product_and_one_to_the_bias() {
        let (mut neuron, inputs) = mistaken();
        let before = parts(&neuron, &inputs);
        assert_eq!(correct(&mut neuron, &inputs, 1.0), 0.0);
        let after = parts(&neuron, &inputs);
        let rises: Vec<f64> = before.iter().zip(after).map(|(b, a)| a - b).collect();
        assert_eq!(rises, [4.0, 1.0, 1.0, 6.0]);
    }

    #[test]
    fn or_and_and_come_to_an_end_and_xor_never_has_all_four() {
        const MOST: usize = 1_000;
        let right = |neuron: &Neuron, targets: [f64; 4]| {
            answers(neuron).iter().zip(targets).filter(|(a, y)| **a == *y).count()
        };
        for targets in [OR, AND] {
            let looks = corrected(targets, MOST);
            assert!(looks.len() < 20, "{}", looks.len());
            assert_eq!(right(&looks[looks.len() - 1].after, targets), 4);
        }
        let looks = corrected(XOR, MOST);
        assert_eq!(looks.len(), MOST);
        assert!(looks.iter().all(|look| right(&look.after, XOR) < 4));
    }

    #[test]
    fn the_corrections_are_those_of_the_passes() {
        let (looks, _) = learn(OR);
        let all = looks.iter().filter(|look| look.said != OR[look.corner]);
        let found = corrected(OR, 100);
        assert_eq!(found.len(), corrections(&looks, OR));
        assert!(found.iter().zip(all).all(|(one, other)| one.after == other.after));
    }

    #[test]
    fn on_xor_the_rule_comes_back_to_where_it_was() {
        let (looks, cycle) = learn(XOR);
        assert_eq!(cycle, Some(1), "the last pass should end where it began");
        let before = &looks[looks.len() - 5].after;
        assert_eq!(*before, looks[looks.len() - 1].after);
    }
}
