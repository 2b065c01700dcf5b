//! What does not go together, said before the first update.
//!
//! A network, a cost and examples can each be in order and still not fit: a cost that takes a logarithm
//! of outputs that may be negative, a class number where a probability is due, a row that was never
//! filled in. Trained all the same, they give numbers, and the numbers are wrong. So everything that
//! takes examples asks [`Mismatch::check`] first.

use std::{fmt::Display, ops::RangeInclusive};

use thiserror::Error;

use crate::{Cost, Examples, Network, math::Rows, network::NO_LAYER};

/// Why a network, a cost and examples do not go together: what was expected, what came, what to do.
///
/// Rows, columns and layers count from 0.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{0}")]
pub struct Mismatch(pub(crate) String);

impl Mismatch {
    /// Whether examples fit a network and, if one is given, a cost.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn check(
        network: &Network,
        examples: &Examples,
        cost: Option<Cost>,
    ) -> Result<(), Mismatch> {
        Mismatch::in_layers(network)?;
        Mismatch::in_rows(examples)?;
        let (inputs, targets) = (examples.inputs.view(), examples.targets.view());
        let (takes, gives) = (network.inputs(), network.outputs());
        as_many("a network", (takes, "inputs"), (inputs.ncols(), "columns"))?;
        as_many("a network", (gives, "outputs"), (targets.ncols(), "targets"))?;
        all_within("a network", "inputs", inputs, FINITE)?;
        all_within("a network", "targets", targets, FINITE)?;
        cost.map_or(Ok(()), |cost| cost.check(network.last_layer().activation, targets))
    }

    /// Whether the layers fit each other.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub(crate) fn in_layers(network: &Network) -> Result<(), Mismatch> {
        let first = network.layers.first().ok_or_else(|| Mismatch(NO_LAYER.into()))?;
        let mut before = first.inputs();
        for (index, layer) in network.layers.iter().enumerate() {
            let ((inputs, outputs), biases) = (layer.weights.dim(), layer.biases.len());
            if inputs == 0 || outputs == 0 {
                return Err(Mismatch(format!(
                    "layer {index} has {inputs} inputs and {outputs} outputs; each layer needs at least \
                     one of both"
                )));
            }
            let neurons = (outputs, "neurons");
            as_many(format_args!("layer {index}"), neurons, (biases, "biases"))?;
            let before_it = (before, "outputs before it");
            as_many(format_args!("layer {index}"), before_it, (inputs, "inputs"))?;
            before = outputs;
        }
        Ok(())
    }

    /// Whether there are rows, and each of inputs has its row of targets.
    ///
    /// # Errors
    /// If there are none, or not as many of both.
    pub(crate) fn in_rows(examples: &Examples) -> Result<(), Mismatch> {
        let (inputs, targets) = (examples.inputs.nrows(), examples.targets.nrows());
        as_many("examples", (inputs, "rows of inputs"), (targets, "rows of targets"))?;
        if inputs == 0 {
            return Err(Mismatch(
                "examples need at least one row, but there is none".into(),
            ));
        }
        Ok(())
    }

    /// Whether every weight and every bias is a finite number.
    ///
    /// # Errors
    /// The first that is not.
    pub(crate) fn in_parameters(network: &Network) -> Result<(), Mismatch> {
        for (index, layer) in network.layers.iter().enumerate() {
            if let Some(value) = layer.parameters().find(|value| !value.is_finite()) {
                return Err(Mismatch(format!(
                    "layer {index} of the network holds {value} among its weights and biases, before \
                     the first update; start from finite numbers"
                )));
            }
        }
        Ok(())
    }
}

/// Whether `b` is as many as `a`.
pub(crate) fn as_many(
    who: impl Display,
    (n, a): (usize, &str),
    (m, b): (usize, &str),
) -> Result<(), Mismatch> {
    if n == m {
        return Ok(());
    }
    Err(Mismatch(format!("{who} needs as many {b} as {a}, but got {n} {a} and {m} {b}")))
}

/// Panics unless `b` is as many as `a`.
pub(crate) fn expect_as_many(who: &str, a: (usize, &str), b: (usize, &str)) {
    as_many(who, a, b).unwrap_or_else(|wrong| panic!("{wrong}"));
}

/// Panics with both lengths unless two slices are equally long.
pub(crate) fn expect_lengths(who: &str, a: &str, first: &[f64], b: &str, second: &[f64]) {
    expect_as_many(who, (first.len(), a), (second.len(), b));
}

/// The numbers that are allowed, the same in words, and what to do about others.
pub(crate) struct Domain {
    pub numbers: RangeInclusive<f64>,
    pub words: &'static str,
    pub advice: &'static str,
}

/// All numbers but NaN and the infinities.
pub(crate) const FINITE: Domain = Domain {
    numbers: f64::MIN..=f64::MAX,
    words: "that are finite",
    advice: "correct it or leave the row out",
};

/// Refuses the first number outside a domain.
pub(crate) fn all_within(
    who: impl Display,
    name: &str,
    rows: Rows,
    Domain { numbers, words, advice }: Domain,
) -> Result<(), Mismatch> {
    let Some(place) = rows.iter().position(|number| !numbers.contains(number)) else {
        return Ok(());
    };
    let (row, column) = (place / rows.ncols(), place % rows.ncols());
    let came = format!("{name}[[{row}, {column}]] is {:?}", rows[[row, column]]);
    Err(Mismatch(format!("{who} needs {name} {words}, but {came}; {advice}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Activation, Dense, Training, TrainingError, gradient_check, seeded};
    use ndarray::{Array2, array};
    use std::panic::{AssertUnwindSafe, catch_unwind};

    fn network() -> Network {
        Network::new(&[2, 3, 1], Activation::Tanh, &mut seeded(1))
    }

    /// What everything that takes examples says of these.
    fn refusals(network: &Network, examples: &Examples, cost: Cost) -> Vec<String> {
        let training = Training { cost, rate: 0.1, batch: crate::Batch::Full, epochs: 3 };
        let mut trained = network.clone();
        let Err(TrainingError::Mismatch(refused)) =
            training.run(&mut trained, examples, &mut seeded(1))
        else {
            panic!("training took {examples:?}")
        };
        assert_eq!(&trained, network, "nothing was changed");
        let calls: [&dyn Fn(); 3] = [
            &|| _ = network.cost(examples, cost),
            &|| _ = gradient_check(network, examples, cost),
            &|| _ = crate::Backprop::new(network, 9).run(network, examples, cost),
        ];
        let said = calls.map(|call| {
            let panic = catch_unwind(AssertUnwindSafe(call)).expect_err("it was taken");
            panic.downcast_ref::<String>().expect("a message").clone()
        });
        [refused.to_string()].into_iter().chain(said).collect()
    }

    fn all_say(examples: Examples, cost: Cost, wanted: &str) {
        for said in refusals(&network(), &examples, cost) {
            assert!(said.contains(wanted), "{said}");
        }
    }

    #[test]
    fn examples_that_were_never_paired_are_refused_by_all() {
        let unequal =
            Examples { inputs: Array2::zeros((3, 2)), targets: Array2::zeros((2, 1)) };
        all_say(
            unequal,
            Cost::Quadratic,
            "as many rows of targets as rows of inputs, but got 3 rows of inputs and 2 rows",
        );
        let empty =
            Examples { inputs: Array2::zeros((0, 2)), targets: Array2::zeros((0, 1)) };
        all_say(
            empty,
            Cost::Quadratic,
            "examples need at least one row, but there is none",
        );
    }

    #[test]
    fn rows_of_another_width_are_refused_by_all() {
        let wide = Examples::new(array![[1.0, 2.0, 3.0]], array![[1.0]]);
        let both =
            "a network needs as many columns as inputs, but got 2 inputs and 3 columns";
        all_say(wide, Cost::Quadratic, both);
        let targets = Examples::new(array![[1.0, 2.0]], array![[1.0, 0.0]]);
        let both =
            "a network needs as many targets as outputs, but got 1 outputs and 2 targets";
        all_say(targets, Cost::Quadratic, both);
    }

    #[test]
    fn numbers_that_are_none_are_refused_by_all() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let input =
                Examples::new(array![[0.0, 0.0], [0.0, bad]], array![[0.0], [0.0]]);
            all_say(
                input,
                Cost::Quadratic,
                &format!("needs inputs that are finite, but inputs[[1, 1]] is {bad}; "),
            );
            let target =
                Examples::new(array![[0.0, 0.0], [0.0, 0.0]], array![[bad], [0.0]]);
            all_say(
                target,
                Cost::Quadratic,
                &format!("needs targets that are finite, but targets[[0, 0]] is {bad}; "),
            );
        }
    }

    #[test]
    fn costs_that_do_not_fit_are_refused_by_all() {
        let row = |target| Examples::new(array![[0.0, 1.0]], array![[target]]);
        for cost in Cost::ALL {
            match cost {
                Cost::Quadratic | Cost::Exponential => {}
                Cost::SoftmaxCrossEntropy => all_say(row(1.0), cost, "there is only one"),
                _ => all_say(row(0.5), cost, "which the identity does not promise"),
            }
        }
        let network = network().with_output(Activation::Sigmoid);
        for said in refusals(&network, &row(2.0), Cost::BinaryCrossEntropy) {
            assert!(
                said.contains("needs targets from 0 to 1, but targets[[0, 0]] is 2.0"),
                "{said}"
            );
        }
    }

    #[test]
    fn layers_that_were_changed_and_do_not_fit_are_refused_by_all() {
        let rows = Examples::new(array![[0.0, 1.0]], array![[0.5]]);
        let [mut none, mut wide, mut short, mut thin] = [(); 4].map(|()| network());
        none.layers.clear();
        wide.layers[0] = Dense::random(2, 5, Activation::Tanh, 1.0, &mut seeded(1));
        short.layers[0].biases = array![0.5];
        thin.layers[1].weights = Array2::zeros((3, 0));
        for (network, wanted) in [
            (none, "a network needs at least one layer"),
            (
                wide,
                "layer 1 needs as many inputs as outputs before it, but got 5 outputs before it and 3 inputs",
            ),
            (
                short,
                "layer 0 needs as many biases as neurons, but got 3 neurons and 1 biases",
            ),
            (thin, "layer 1 has 3 inputs and 0 outputs"),
        ] {
            for said in refusals(&network, &rows, Cost::Quadratic) {
                assert!(said.contains(wanted), "{said}");
            }
        }
    }

    #[test]
    fn what_fits_is_taken() {
        let rows =
            Examples::new(array![[0.0, 1.0], [1e300, -1e-300]], array![[0.0], [1e9]]);
        let check = Mismatch::check(&network(), &rows, Some(Cost::Quadratic));
        assert_eq!(check, Ok(()));
        assert_eq!(Mismatch::in_parameters(&network()), Ok(()));
    }

    #[test]
    fn a_layer_that_is_lost_is_named() {
        for (layer, bad) in [(0, f64::NAN), (1, f64::INFINITY)] {
            let mut of_weights = network();
            of_weights.layers[layer].weights[[1, 0]] = bad;
            let mut of_biases = network();
            of_biases.layers[layer].biases[0] = bad;
            for network in [of_weights, of_biases] {
                let message = Mismatch::in_parameters(&network).unwrap_err().to_string();
                let wanted = format!("layer {layer} of the network holds {bad} among");
                assert!(message.starts_with(&wanted), "{message}");
            }
        }
    }
}
