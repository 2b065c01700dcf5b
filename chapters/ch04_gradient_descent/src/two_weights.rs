//! A network so small that its whole cost can be drawn as a map: one hidden neuron, one output, two weights.

use datasets::{Scaling, students};
use nn::math::tanh;
use nn::{GradientDescent, descend};

/// From the hours of study to the exam of the eight students, both standardised, without biases: a = v tanh(w x).
#[derive(Clone, Debug)]
pub struct TwoWeights {
    /// Hours and exam of each student.
    rows: Vec<(f64, f64)>,
}

/// Two starts on a hillside, nearer to each other than the first step is long.
pub const SIDE_BY_SIDE: [[f64; 2]; 2] = [[-1.24, 1.8], [-1.34, 1.8]];
/// How many steps a walk makes.
pub const STEPS: usize = 50;
/// At this rate.
pub const RATE: f64 = 0.2;

impl TwoWeights {
    /// The network that predicts exams from hours.
    pub fn students() -> Self {
        let students = students();
        let scaled = |columns| Scaling::standardise(columns).apply(columns);
        let (inputs, exams) =
            (scaled(students.inputs.view()), scaled(students.targets.view()));
        let hours = inputs.column(0);
        Self { rows: hours.iter().copied().zip(exams.iter().copied()).collect() }
    }

    /// Half the squared error, averaged over the students, at the weights w and v.
    pub fn cost(&self, [w, v]: [f64; 2]) -> f64 {
        let errors = self.rows.iter().map(|(x, y)| v * tanh(w * x) - y);
        0.5 * errors.map(|error| error * error).sum::<f64>() / self.rows.len() as f64
    }

    /// Its slopes along w and v.
    pub fn gradient(&self, [w, v]: [f64; 2]) -> [f64; 2] {
        let mut slopes = [0.0; 2];
        for (x, y) in &self.rows {
            let hidden = tanh(w * x);
            let error = (v * hidden - y) / self.rows.len() as f64;
            slopes[0] += error * v * (1.0 - hidden * hidden) * x;
            slopes[1] += error * hidden;
        }
        slopes
    }

    /// The places of a descent from here.
    pub fn walk(&self, start: [f64; 2]) -> Vec<Vec<f64>> {
        descend(GradientDescent, RATE, &start, STEPS, |place, slopes| {
            slopes.copy_from_slice(&self.gradient([place[0], place[1]]));
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slopes_are_those_of_differences() {
        let (network, h) = (TwoWeights::students(), 1e-5);
        for place in [[0.3, -0.7], [-1.2, 0.4], [2.0, 1.5]] {
            let [w, v] = place;
            let across = network.cost([w + h, v]) - network.cost([w - h, v]);
            let along = network.cost([w, v + h]) - network.cost([w, v - h]);
            for (slope, rise) in network.gradient(place).into_iter().zip([across, along])
            {
                assert!((slope - rise / (2.0 * h)).abs() < 1e-8, "{place:?}");
            }
        }
    }

    #[test]
    fn both_signs_turned_cost_the_same() {
        let network = TwoWeights::students();
        assert_eq!(network.cost([0.8, 1.3]), network.cost([-0.8, -1.3]));
    }

    #[test]
    fn two_walks_begin_side_by_side_and_end_in_opposite_valleys() {
        let network = TwoWeights::students();
        let [one, other] = SIDE_BY_SIDE.map(|start| network.walk(start));
        let (a, b) = (&one[STEPS], &other[STEPS]);
        assert!(a[0] * b[0] < 0.0 && a[1] * b[1] < 0.0, "{a:?} {b:?}");
        let costs = [a, b].map(|end| network.cost([end[0], end[1]]));
        assert!((costs[0] - costs[1]).abs() < 0.01, "{costs:?}");
    }
}
