//! The plan of a training: what to make small, in which updates, for how long.
//!
//! Training is one thing again and again: take some rows, find the gradient of their cost, move every weight a
//! little against it. Once through all rows is an epoch. A [`Training`] says how much of each; the
//! [`Run`](crate::Run) that it starts follows it, and leaves a [`History`] or a [`TrainingError`] behind.

use thiserror::Error;

use crate::{Cost, Mismatch};

/// How many rows share one update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Batch {
    /// All of them: batch gradient descent, one update per epoch. Nothing is shuffled.
    Full,
    /// This many: 1 is stochastic gradient descent, a few are a mini-batch. The rows are shuffled anew
    /// in each epoch; the last mini-batch takes what is left.
    Rows(usize),
}

/// How to train: what to make small, how fast, on how many rows at a time, for how long.
#[derive(Clone, Copy, Debug)]
pub struct Training {
    /// What to make small.
    pub cost: Cost,
    /// The learning rate η: how far to go against the gradient.
    pub rate: f64,
    /// How many rows share an update.
    pub batch: Batch,
    /// How often to go through all rows.
    pub epochs: usize,
}

/// What happened during training.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// Per epoch, the mean cost of its rows, each as it was when the row was seen.
    pub costs: Vec<f64>,
    /// How many updates were made.
    pub updates: usize,
}

/// Why training did not come to its end.
#[derive(Clone, Debug, PartialEq, Error)]
#[allow(missing_docs, reason = "the text of a variant explains its fields")]
pub enum TrainingError {
    /// Network, examples and cost do not go together. Nothing was changed.
    #[error("training did not start: {0}")]
    Mismatch(#[from] Mismatch),
    /// The cost or its gradient was not finite from the start, so no learning rate would have helped: `what`
    /// (`the cost`, or `a slope of the cost`) has this value for some batch and the untrained network.
    #[error(
        "before the first update, {what} is {value} already: the numbers are too large for it. Standardise \
         the inputs, and bring targets and weights to the size of what the network puts out"
    )]
    Overflow { what: &'static str, value: f64 },
    /// Training ran off to infinity, or to what is not a number: `what` (`the cost`, `the sum of the costs`, or
    /// `a weight or bias`) had this value in this epoch, after this update, at this learning rate. Epochs and
    /// updates are counted from 1, updates over all epochs.
    #[error(
        "training diverged at update {update} (epoch {epoch}): {what} is {value:?}. \
         A learning rate smaller than {rate:?} may help; so may standardised inputs"
    )]
    Diverged { epoch: usize, update: usize, what: &'static str, value: f64, rate: f64 },
}
