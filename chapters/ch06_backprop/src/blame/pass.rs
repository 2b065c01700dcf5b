//! A forward pass that is kept, so that one parameter can be moved without making another.

use ndarray::Array2;
use nn::math::{ln, softmax};
use nn::{Activation, Examples, Network, elementary};

/// How many rows are computed side by side before anybody looks at what they cost.
const BLOCK: usize = 8;

/// What a network with one hidden layer and softmax computed for some rows.
pub struct Pass {
    /// The hidden layer and the output layer.
    pub layers: [Kept; 2],
    labels: Vec<usize>,
}

/// What is kept of a layer.
pub struct Kept {
    /// What bends its sums.
    pub bend: Activation,
    sums: Array2<f64>, // (rows, neurons)
    /// What its neurons say, (rows, neurons).
    pub outputs: Array2<f64>,
    /// How each class's score grows with what each neuron says, (neurons, classes).
    pub levers: Array2<f64>,
    fed: Vec<Fed>, // by input; the last is the 1 that a bias meets
}

/// The rows to which the weights of one input matter.
struct Fed {
    /// Those in which the input is not zero, with what it is; the dearest rows first.
    rows: Vec<(usize, f64)>,
    /// What all the others cost together.
    others: f64,
}

impl Pass {
    /// Sends the rows through the network.
    ///
    /// # Panics
    /// If the network has no or several hidden layers.
    pub fn new(network: &Network, rows: &Examples) -> Pass {
        let [first, second] = &network.layers[..] else {
            panic!("a network with one hidden layer was expected")
        };
        let kept = |layer: &nn::Dense, inputs: &Array2<f64>, levers| {
            let mut sums = Array2::zeros((inputs.nrows(), layer.outputs()));
            layer.weighted_sums(inputs.view(), sums.view_mut());
            let (bend, fed) = (layer.activation, Vec::new());
            let outputs = sums.mapv(|z| bend.value(z));
            Kept { bend, sums, outputs, levers, fed }
        };
        let hidden = kept(first, &rows.inputs, second.weights.clone());
        let outputs = kept(second, &hidden.outputs, Array2::eye(second.outputs()));
        let mut pass = Pass { layers: [hidden, outputs], labels: datasets::labels(rows) };

        let costs = pass.costs((0..rows.rows()).map(|row| (row, 0.0)), (1, 0));
        let mut dearest: Vec<usize> = (0..rows.rows()).collect();
        dearest.sort_by(|&a, &b| costs[b].total_cmp(&costs[a]));
        let fed = |inputs: &Array2<f64>, input: usize| {
            let value = |row| inputs.get([row, input]).copied().unwrap_or(1.0);
            let values = dearest.iter().map(|&row| (row, value(row)));
            let (rows, others): (Vec<_>, Vec<_>) = values.partition(|&(_, x)| x != 0.0);
            Fed { rows, others: others.iter().map(|&(row, _)| costs[row]).sum() }
        };
        let inputs = [&rows.inputs, &pass.layers[0].outputs];
        let fed = inputs
            .map(|inputs| (0..=inputs.ncols()).map(|input| fed(inputs, input)).collect());
        pass.layers.iter_mut().zip(fed).for_each(|(layer, fed)| layer.fed = fed);
        pass
    }

    /// The probability that each row's softmax gives to each class, (rows, classes).
    pub fn shares(&self) -> Array2<f64> {
        let mut shares = self.layers[1].outputs.clone();
        for mut row in shares.rows_mut() {
            let scores = row.to_vec();
            softmax(&scores, row.as_slice_mut().expect("stored row by row"));
        }
        shares
    }

    /// The mean cost if one parameter were moved, or none once it is seen to be more than `most`.
    ///
    /// The parameter is named by its place in the order of [`Network::parameters`].
    pub fn cost_if(&self, place: usize, by: f64, most: f64) -> Option<f64> {
        let neurons = self.layers.each_ref().map(|layer| layer.outputs.ncols());
        let in_first = self.layers[0].fed.len() * neurons[0];
        let (at, place) = match place.checked_sub(in_first) {
            None => (0, place),
            Some(place) => (1, place),
        };
        let (layer, neuron) = (&self.layers[at], place % neurons[at]);
        let fed = &layer.fed[place / neurons[at]];
        let most_together = most * self.labels.len() as f64;
        let (mut together, mut moves) = (fed.others, [0.0; BLOCK]);
        for block in fed.rows.chunks(BLOCK) {
            if together > most_together {
                break;
            }
            let moves = &mut moves[..block.len()];
            for (moved, &(row, x)) in moves.iter_mut().zip(block) {
                *moved = layer.sums[[row, neuron]] + by * x;
            }
            layer.bend.apply(moves);
            for (moved, &(row, _)) in moves.iter_mut().zip(block) {
                *moved -= layer.outputs[[row, neuron]];
            }
            let rows =
                block.iter().zip(moves).map(|(&(row, _), &mut moved)| (row, moved));
            together += self.costs(rows, (at, neuron)).iter().sum::<f64>();
        }
        (together <= most_together).then(|| together / self.labels.len() as f64)
    }

    /// What some rows cost, if in each of them a neuron, named by its layer and its place there, said so much more.
    fn costs(
        &self,
        rows: impl Iterator<Item = (usize, f64)>,
        (layer, neuron): (usize, usize),
    ) -> Vec<f64> {
        let scores = self.layers[1].outputs.as_slice().expect("stored row by row");
        let levers = self.layers[layer].levers.as_slice().expect("stored row by row");
        let classes = self.layers[1].outputs.ncols();
        let lever = &levers[neuron * classes..][..classes];
        // −ln of softmax is ln Σ exp(score − score of the right class).
        let mut margins = Vec::with_capacity(BLOCK * classes); // (rows, classes)
        for (row, moved) in rows {
            let scores = &scores[row * classes..][..classes];
            let right = self.labels[row];
            let of_right = scores[right] + moved * lever[right];
            let moved = scores.iter().zip(lever).map(|(s, by)| s + moved * by);
            margins.extend(moved.map(|score| score - of_right));
        }
        elementary::exp_all(&mut margins);
        margins.chunks(classes).map(|row| ln(row.iter().sum())).collect()
    }
}

#[cfg(test)]
mod tests {
    use nn::{Activation, Cost, seeded};

    use super::*;
    use crate::all_at_once::parameter;

    /// Both layers, weights and biases, a pixel without ink among them.
    #[test]
    fn a_moved_parameter_costs_what_a_whole_pass_says() {
        let rows = datasets::digits().split(30, &mut seeded(1)).0;
        let network = Network::new(&[64, 5, 10], Activation::Tanh, &mut seeded(2));
        let pass = Pass::new(&network, &rows);
        let cost = |network: &Network| network.cost(&rows, Cost::SoftmaxCrossEntropy);
        for place in [0, 101, 64 * 5 - 1, 64 * 5, 64 * 5 + 5, 64 * 5 + 30, 384] {
            for by in [-20.0, 0.0, 0.5] {
                let mut moved = network.clone();
                *parameter(&mut moved, place) += by;
                let (found, wanted) = (pass.cost_if(place, by, 1e9), cost(&moved));
                let apart = (found.unwrap() - wanted).abs();
                assert!(apart < 1e-12 * wanted, "{place} {by}: {found:?} {wanted}");
                assert!(pass.cost_if(place, by, wanted + 1e-9).is_some());
                assert!(pass.cost_if(place, by, wanted - 1e-9).is_none());
            }
        }
    }
}
