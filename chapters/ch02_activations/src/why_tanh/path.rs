//! Four ways to train one and the same network: three of them in sigmoid weights, one on the path of tanh.

use nn::{Activation, Network, Training, TrainingError, seeded};
use rayon::prelude::*;

use super::{SIZES, TRAINING, Trial, at};
use crate::bend::{Bend, TANH, in_sigmoids, there_and_back};
use crate::handful::Handful;

/// One way, walked by all runs.
pub struct Path {
    pub name: &'static str,
    /// The costs epoch by epoch, run by run.
    pub runs: Vec<Vec<f64>>,
}

/// The costs, epoch by epoch, of a network of sigmoids that starts where tanh starts, if each of its gradients
/// is first mapped to the units of this bend, and back.
pub fn walk(units: Bend, rate: f64, digits: &Handful) -> Result<Vec<f64>, TrainingError> {
    let tanh = Network::new(&SIZES, Activation::Tanh, &mut seeded(digits.seed));
    let mut network = in_sigmoids(&tanh, TANH);
    let (training, rng) = (Training { rate, ..TRAINING }, &mut seeded(digits.seed + 1));
    let mut run = training.start(&mut network, &digits.known, rng)?;
    while run.look()?.is_some() {
        there_and_back(run.backprop.gradients_mut(), units);
        run.step()?;
    }
    Ok(run.history().costs.clone())
}

/// The ways at this rate; sigmoids with gradients of their own and tanh have been tried already.
pub fn paths(
    rate: f64,
    sigmoid: &[Trial],
    tanh: &[Trial],
    handfuls: &[Handful],
) -> Result<[Path; 4], TrainingError> {
    let tried = |name, trials: &[Trial]| {
        let outcomes = at(rate, trials).outcomes.iter();
        Path { name, runs: outcomes.map(|outcome| outcome.costs.clone()).collect() }
    };
    let walked = |name, units| {
        let runs = handfuls.par_iter().map(|digits| walk(units, rate, digits));
        runs.collect::<Result<_, TrainingError>>().map(|runs| Path { name, runs })
    };
    Ok([
        tried("plain gradients", sigmoid),
        walked("corrected rates", TANH.unshifted())?,
        walked("mapped gradients", TANH)?,
        tried("tanh", tanh),
    ])
}

impl Path {
    /// How far its costs lie from those of another in any epoch of any run.
    pub fn apart(&self, other: &Path) -> f64 {
        let runs = self.runs.iter().zip(&other.runs);
        let costs = runs.flat_map(|(ours, theirs)| ours.iter().zip(theirs));
        costs.fold(0.0, |most, (ours, theirs)| f64::max(most, (ours - theirs).abs()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bend::SIGMOID;
    use crate::why_tanh::{CALM, CANDIDATES, ROWS, TEST_ROWS, learn};

    #[test]
    fn with_mapped_gradients_sigmoids_walk_the_path_of_tanh_and_with_rates_alone_they_do_not()
     {
        for digits in Handful::draw(3, ROWS, TEST_ROWS, 5) {
            let path = |costs| Path { name: "", runs: vec![costs] };
            let tanh = path(learn(CANDIDATES[4], CALM, &digits).unwrap().costs);
            let [mapped, rates] = [TANH, TANH.unshifted()]
                .map(|units| path(walk(units, CALM, &digits).unwrap()).apart(&tanh));
            assert!(mapped < 1e-14, "{mapped}");
            assert!(rates > 0.01, "{rates}");
        }
    }

    #[test]
    fn in_its_own_units_a_gradient_stays_as_it_is() {
        let digits = &Handful::draw(1, ROWS, TEST_ROWS, 5)[0];
        let plain = learn(CANDIDATES[5], CALM, digits).unwrap().costs;
        assert_eq!(walk(SIGMOID, CALM, digits).unwrap(), plain);
    }
}
