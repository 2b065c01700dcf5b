//! Ten neurons that read digits walk down their cost: all that was true of two weights, with hundreds of them.

pub(crate) mod shown;

use datasets::digits;
use datasets::digits::{CLASSES, SIDE};
use nn::{Activation, Backprop, Cost, Examples, Network, seeded};

/// How many digits the cost is about.
pub const ROWS: usize = 1_000;

/// How wrong the ten neurons are: squared, so that the cost is a bowl.
pub const COST: Cost = Cost::Quadratic;

/// The learning rates, with what becomes of them.
pub const RATES: [(f64, &str); 3] =
    [(0.005, "creeps"), (0.1, "goes down"), (0.2, "flies off")];

/// How many steps each makes.
pub const STEPS: usize = 40;

/// After how many steps of the rate that goes down its weights are drawn.
pub const FORMING: [usize; 6] = [1, 2, 5, 10, 20, STEPS];

/// The digit of the neuron whose weights they are.
pub const DRAWN: usize = 3;

/// After how many steps of the rate that goes down we look around once more.
pub const LATER: usize = 5;

/// The digits, drawn at random, and those that are left.
pub fn some_digits(seed: u64) -> (Examples, Examples) {
    digits().split(ROWS, &mut seeded(seed))
}

/// Ten neurons in a row, without a bend and with all weights at zero.
pub fn row() -> Network {
    let sizes = [SIDE * SIDE, CLASSES];
    let mut row = Network::new(&sizes, Activation::Identity, &mut seeded(0));
    row.parameters_mut().for_each(|number| *number = 0.0);
    row
}

/// Walks down the cost of all digits, and notes it before the first step and after each.
pub fn descend(
    row: &mut Network,
    digits: &Examples,
    rate: f64,
    steps: usize,
) -> Vec<f64> {
    let mut backprop = Backprop::new(row, digits.rows());
    let mut costs = Vec::new();
    for _ in 0..steps {
        costs.push(backprop.run(row, digits, COST));
        row.update(rate, backprop.gradients());
    }
    costs.push(row.cost(digits, COST));
    costs
}

/// The ten neurons at some stages of the descent that goes down.
pub fn stages(digits: &Examples) -> Vec<(usize, Network)> {
    let (mut row, mut made) = (row(), 0);
    let stage = |steps: usize| {
        descend(&mut row, digits, RATES[1].0, steps - made);
        made = steps;
        (steps, row.clone())
    };
    FORMING.into_iter().map(stage).collect()
}

/// The straight way down from one place: what a single step would cost, whatever its rate.
#[derive(Clone, Debug)]
pub struct Way {
    /// The cost before the step.
    pub cost: f64,
    /// How fast it falls at first with the rate: the sum of the squares of all slopes.
    pub fall: f64,
    /// How fast that fall slows down.
    pub curvature: f64,
}

impl Way {
    /// The way down from where `row` is: a parabola, of which the place, the slope and one more point are enough.
    pub fn from(row: &Network, digits: &Examples) -> Way {
        let mut backprop = Backprop::new(row, digits.rows());
        let cost = backprop.run(row, digits, COST);
        let fall = backprop.gradients().entries().map(|slope| slope * slope).sum::<f64>();
        let mut ahead = row.clone();
        ahead.update(1.0, backprop.gradients());
        let curvature = 2.0 * (ahead.cost(digits, COST) - cost + fall);
        Way { cost, fall, curvature }
    }

    /// The cost after one step at this rate.
    pub fn after(&self, rate: f64) -> f64 {
        self.cost - self.fall * rate + 0.5 * self.curvature * rate * rate
    }

    /// The rate whose step ends lowest.
    pub fn bottom(&self) -> f64 {
        self.fall / self.curvature
    }
}

/// The largest rate that does not fly off, read from the end of a flight: there each step multiplies the distance by
/// 1 − ηλ, with λ the largest curvature, and the cost by the square of that.
pub fn limit(costs: &[f64], rate: f64) -> f64 {
    let [.., before, last] = costs else { panic!("a flight of two places or more") };
    let curvature = (1.0 + (last / before).sqrt()) / rate;
    2.0 / curvature
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_says_nothing_is_wrong_by_one_for_every_digit() {
        assert_eq!(row().cost(&some_digits(1).0, COST), 0.5);
    }

    #[test]
    fn after_the_first_step_a_neuron_is_the_mean_of_its_own_digits() {
        let (digits, _) = some_digits(1);
        let (_, row) = &stages(&digits)[0];
        let own = digits.targets.column(DRAWN).dot(&digits.inputs); // (pixels)
        let times = RATES[1].0 / digits.rows() as f64;
        let weights = row.layers[0].weights.column(DRAWN);
        assert!(weights.iter().zip(own).all(|(w, ink)| (w - times * ink).abs() < 1e-12));
    }

    #[test]
    fn looking_down_the_way_sees_what_a_step_finds() {
        let (digits, _) = some_digits(1);
        for rate in [0.0, 0.05, 0.3] {
            let found = descend(&mut row(), &digits, rate, 1)[1];
            let seen = Way::from(&row(), &digits).after(rate);
            assert!((seen - found).abs() < 1e-9, "{rate}: {seen} {found}");
        }
    }

    #[test]
    fn at_the_bottom_neither_a_shorter_nor_a_longer_step_is_better() {
        let (digits, _) = some_digits(1);
        let bottom = Way::from(&row(), &digits).bottom();
        let cost = |times: f64| descend(&mut row(), &digits, times * bottom, 1)[1];
        assert!(cost(1.0) < cost(0.9) && cost(1.0) < cost(1.1));
    }

    #[test]
    fn just_below_the_limit_descent_holds_and_just_above_it_flies_off() {
        let (digits, _) = some_digits(1);
        let rate = RATES[2].0;
        let limit = limit(&descend(&mut row(), &digits, rate, STEPS), rate);
        let end = |times: f64| descend(&mut row(), &digits, times * limit, 300)[300];
        assert!(end(0.99) < 0.25, "{}", end(0.99));
        assert!(end(1.01) > 1.0, "{}", end(1.01));
    }

    #[test]
    fn the_steepest_direction_is_to_say_more_wherever_there_is_ink() {
        let (digits, _) = some_digits(1);
        let rate = RATES[2].0;
        let steepest = 2.0 / limit(&descend(&mut row(), &digits, rate, STEPS), rate);
        // The usual ink of each pixel, and 1 for the bias, as a direction of unit length.
        let ink = digits.inputs.mean_axis(ndarray::Axis(0)).unwrap();
        let length = (ink.dot(&ink) + 1.0).sqrt();
        let along = (digits.inputs.dot(&ink) + 1.0) / length; // (rows)
        let curvature = along.dot(&along) / ROWS as f64;
        assert!(curvature > 0.99 * steepest, "{curvature} {steepest}");
    }

    #[test]
    fn each_rate_does_what_its_name_says() {
        let (digits, _) = some_digits(1);
        let costs = RATES.map(|(rate, _)| descend(&mut row(), &digits, rate, STEPS));
        let falls = costs.each_ref().map(|costs| costs.is_sorted_by(|a, b| a > b));
        assert_eq!(falls, [true, true, false]);
        let [slow, good, flight] = costs.map(|costs| costs[STEPS]);
        assert!(slow > 1.5 * good && flight > 1e3, "{slow} {good} {flight}");
    }
}
