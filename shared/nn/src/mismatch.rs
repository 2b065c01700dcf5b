//! What does not go together, said before the first step.
//!
//! A network, a cost and examples can each be in order and still not fit: a cost that takes a logarithm
//! of outputs that may be negative, a class number where a probability is due, a row that was never
//! filled in. Trained all the same, they give numbers, and the numbers are wrong. So everything that
//! takes examples asks [`Mismatch::look`] first.

use ndarray::{Array2, ArrayView1, ArrayView2};
use thiserror::Error;

use crate::examples::class;
use crate::{Activation, Cost, Examples, Network};

/// Why a network, a cost and examples do not go together. Rows, columns and layers count from 0.
#[derive(Clone, Debug, PartialEq, Error)]
#[allow(missing_docs, reason = "the message of a variant explains its fields")]
pub enum Mismatch {
    /// There is nothing to learn from.
    #[error("examples need at least one row, but there is none")]
    NoRows,
    /// Some rows have no answer, or some answers no row.
    #[error(
        "{inputs} rows of inputs came with {targets} rows of targets; each row of inputs needs its own"
    )]
    Rows { inputs: usize, targets: usize },
    /// The rows are wider or narrower than the network.
    #[error(
        "a network of {} inputs and {} outputs was given rows of {} inputs and {} targets",
        network.0, network.1, examples.0, examples.1
    )]
    Columns { network: (usize, usize), examples: (usize, usize) },
    /// An input or a target is NaN or infinite.
    #[error(
        "{which}[[{row}, {column}]] is {value}, but examples hold finite numbers; \
         correct it or leave the row out"
    )]
    NotFinite { which: &'static str, row: usize, column: usize, value: f64 },
    /// The network has no layers.
    #[error("a network needs at least one layer, but got none")]
    NoLayers,
    /// A layer has nothing to do.
    #[error(
        "layer {layer} has {inputs} inputs and {outputs} outputs; each layer needs at least one of both"
    )]
    EmptyLayer { layer: usize, inputs: usize, outputs: usize },
    /// A neuron has no bias of its own.
    #[error(
        "layer {layer} has weights for {neurons} neurons, but {biases} biases; each neuron needs its own"
    )]
    Biases { layer: usize, neurons: usize, biases: usize },
    /// A layer is wider or narrower than what comes into it.
    #[error("layer {} has {outputs} outputs, but layer {layer} takes {inputs} inputs", layer - 1)]
    Layers { layer: usize, outputs: usize, inputs: usize },
    /// The network itself holds NaN or an infinity.
    #[error(
        "layer {layer} of the network holds {value} among its weights and biases, before the first step; \
         start from finite numbers"
    )]
    Network { layer: usize, value: f64 },
    /// The outputs may lie where the cost is not defined.
    #[error(
        "the {} cost needs outputs {needs}, which the {} does not promise; give the last layer a \
         sigmoid, or take another cost, such as the quadratic",
        cost.name(), output.name()
    )]
    Output { cost: Cost, output: Activation, needs: &'static str },
    /// One class out of one: there is nothing to choose.
    #[error(
        "the {} cost chooses between outputs, but there is only one, which always gets probability 1; \
         take two outputs, or one sigmoid and binary cross-entropy",
        cost.name()
    )]
    OneOutput { cost: Cost },
    /// A target lies where the cost is not defined.
    #[error(
        "the {} cost needs targets {needs}, but targets[[{row}, {column}]] is {value:?}; {instead}",
        cost.name()
    )]
    Target {
        cost: Cost,
        needs: &'static str,
        row: usize,
        column: usize,
        value: f64,
        instead: &'static str,
    },
    /// The targets of a row are no distribution.
    #[error(
        "the {} cost needs targets that add up to 1 in each row, but those of row {row} add up to \
         {sum:?}; {instead}",
        cost.name()
    )]
    Sum { cost: Cost, row: usize, sum: f64, instead: &'static str },
    /// The targets of a row name no class, or several.
    #[error(
        "accuracy counts classes, but the targets {targets} of row {row} name none; for a single output \
         write 0 or 1, for several a 1 at the class and 0 elsewhere, or measure a cost instead"
    )]
    NoClass { row: usize, targets: String },
}

impl Mismatch {
    /// Whether examples fit a network and, if one is given, a cost.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn look(
        network: &Network,
        examples: &Examples,
        cost: Option<Cost>,
    ) -> Result<(), Mismatch> {
        Mismatch::in_layers(network)?;
        Mismatch::in_rows(examples)?;
        let (inputs, targets) = (examples.inputs.view(), examples.targets.view());
        let sizes = (network.inputs(), network.outputs());
        let examples = (inputs.ncols(), targets.ncols());
        if sizes != examples {
            return Err(Mismatch::Columns { network: sizes, examples });
        }
        all_finite("inputs", inputs)?;
        all_finite("targets", targets)?;
        cost.map_or(Ok(()), |cost| cost.check(network.last_layer().activation, targets))
    }

    /// Whether the layers fit each other.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn in_layers(network: &Network) -> Result<(), Mismatch> {
        let mut before = network.layers.first().ok_or(Mismatch::NoLayers)?.inputs();
        for (layer, here) in network.layers.iter().enumerate() {
            let (inputs, outputs, biases) =
                (here.inputs(), here.outputs(), here.biases.len());
            if inputs == 0 || outputs == 0 {
                return Err(Mismatch::EmptyLayer { layer, inputs, outputs });
            }
            if biases != outputs {
                return Err(Mismatch::Biases { layer, neurons: outputs, biases });
            }
            if inputs != before {
                return Err(Mismatch::Layers { layer, outputs: before, inputs });
            }
            before = outputs;
        }
        Ok(())
    }

    /// Whether each row of inputs has its row of targets.
    ///
    /// # Errors
    /// [`Mismatch::Rows`] or [`Mismatch::NoRows`].
    pub fn in_rows(examples: &Examples) -> Result<(), Mismatch> {
        match (examples.inputs.nrows(), examples.targets.nrows()) {
            (0, 0) => Err(Mismatch::NoRows),
            (inputs, targets) if inputs != targets => {
                Err(Mismatch::Rows { inputs, targets })
            }
            _ => Ok(()),
        }
    }

    /// The class that each row of targets names: from 0 to 1 each, and of several a single largest.
    ///
    /// # Errors
    /// [`Mismatch::NoClass`].
    pub fn classes_of(targets: &Array2<f64>) -> Result<Vec<usize>, Mismatch> {
        let class_of = |(row, targets): (usize, ArrayView1<f64>)| {
            let sure = targets.iter().all(|y| (0.0..=1.0).contains(y));
            let named = class(targets).filter(|&class| {
                let rivals =
                    targets.iter().enumerate().filter(|(place, _)| *place != class);
                sure && (targets.len() == 1
                    || rivals.into_iter().all(|(_, y)| *y < targets[class]))
            });
            named.ok_or_else(|| Mismatch::NoClass { row, targets: targets.to_string() })
        };
        targets.rows().into_iter().enumerate().map(class_of).collect()
    }

    /// Whether every weight and every bias is a finite number.
    ///
    /// # Errors
    /// [`Mismatch::Network`].
    pub fn in_parameters(network: &Network) -> Result<(), Mismatch> {
        for (index, layer) in network.layers.iter().enumerate() {
            let mut numbers = layer.weights.iter().chain(&layer.biases);
            if let Some(&value) = numbers.find(|number| !number.is_finite()) {
                return Err(Mismatch::Network { layer: index, value });
            }
        }
        Ok(())
    }
}

fn all_finite(which: &'static str, numbers: ArrayView2<f64>) -> Result<(), Mismatch> {
    first_outside(numbers, f64::is_finite).map_or(Ok(()), |((row, column), value)| {
        Err(Mismatch::NotFinite { which, row, column, value })
    })
}

/// The first number that is not allowed, and where it stands.
pub(crate) fn first_outside(
    numbers: ArrayView2<f64>,
    allowed: impl Fn(f64) -> bool,
) -> Option<((usize, usize), f64)> {
    // Nearly always all are, and to count rows and columns on the way would take several times as long.
    if numbers.iter().all(|&number| allowed(number)) {
        return None;
    }
    let mut places = numbers.indexed_iter().map(|(place, &number)| (place, number));
    places.find(|(_, number)| !allowed(*number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Dense, Training, TrainingError, gradient_check, seeded};
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
        all_say(unequal, Cost::Quadratic, "3 rows of inputs came with 2 rows of targets");
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
        let both = "a network of 2 inputs and 1 outputs was given rows of 3 inputs and 1 targets";
        all_say(wide, Cost::Quadratic, both);
        let targets = Examples::new(array![[1.0, 2.0]], array![[1.0, 0.0]]);
        let both = "a network of 2 inputs and 1 outputs was given rows of 2 inputs and 2 targets";
        all_say(targets, Cost::Quadratic, both);
    }

    #[test]
    fn numbers_that_are_none_are_refused_by_all() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let input =
                Examples::new(array![[0.0, 0.0], [0.0, bad]], array![[0.0], [0.0]]);
            all_say(input, Cost::Quadratic, &format!("inputs[[1, 1]] is {bad}, but"));
            let target =
                Examples::new(array![[0.0, 0.0], [0.0, 0.0]], array![[bad], [0.0]]);
            all_say(target, Cost::Quadratic, &format!("targets[[0, 0]] is {bad}, but"));
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
            (wide, "layer 0 has 5 outputs, but layer 1 takes 3 inputs"),
            (short, "layer 0 has weights for 3 neurons, but 1 biases"),
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
        let look = Mismatch::look(&network(), &rows, Some(Cost::Quadratic));
        assert_eq!(look, Ok(()));
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
