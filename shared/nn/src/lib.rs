//! Neural networks, small enough to read in an evening.
//!
//! A network is numbers flowing through layers. Each layer multiplies what comes in by its weights,
//! adds its biases and bends the result; a [`Cost`] says how wrong the last layer is; backpropagation
//! says how each weight should change; descent changes it. One module per idea, in reading order:
//!
//! | module | the idea |
//! |---|---|
//! | [`activation`] | the bend: a function of one number, and its slope |
//! | [`neuron`] | a weighted sum, a bias, a bend: one neuron in plain loops |
//! | [`math`] | matrices, `exp`, `ln` and others: the same bits on every machine |
//! | [`product`], [`elementary`] | the same, fast: to be skipped |
//! | [`random`] | random numbers, the same on every machine |
//! | [`examples`] | rows of inputs with the answers we want |
//! | [`dense`] | many neurons at once, for many rows at once |
//! | [`class`] | which class a row of numbers stands for |
//! | [`network`] | layers in order |
//! | [`cost`] | how wrong an answer is, and in which direction |
//! | [`backprop`] | from the cost back to every weight |
//! | [`descent`] | from a gradient to a better set of numbers |
//! | [`mismatch`] | what does not go together, said before the first update |
//! | [`training`] | the plan: what to make small, in which updates, for how long |
//! | [`run`] | the plan followed, update by update: to be watched, changed and stopped |
//! | [`mod@gradient_check`] | the proof that backpropagation is right |
//!
//! ```
//! use nn::{Activation, Batch, Cost, Examples, Network, Training, seeded};
//! use ndarray::array;
//!
//! let xor = Examples::new(
//!     array![[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]],
//!     array![[0.0], [1.0], [1.0], [0.0]],
//! );
//! let mut network = Network::new(&[2, 4, 1], Activation::Tanh, &mut seeded(1));
//! let training = Training { cost: Cost::Quadratic, rate: 0.2, batch: Batch::Full, epochs: 2_000 };
//! training.run(&mut network, &xor, &mut seeded(2))?;
//! assert_eq!(network.accuracy(&xor), 1.0);
//! # Ok::<(), nn::TrainingError>(())
//! ```

pub mod activation;
pub mod backprop;
pub mod class;
pub mod cost;
pub mod dense;
pub mod descent;
pub mod elementary;
pub mod examples;
pub mod gradient_check;
pub mod math;
pub mod mismatch;
pub mod network;
pub mod neuron;
pub mod product;
pub mod random;
pub mod run;
pub mod training;

pub use activation::Activation;
pub use backprop::{Backprop, Gradients};
pub use cost::Cost;
pub use dense::Dense;
pub use descent::{GradientDescent, Momentum, UpdateRule, descend};
pub use examples::Examples;
pub use gradient_check::gradient_check;
pub use mismatch::Mismatch;
pub use network::Network;
pub use neuron::Neuron;
pub use product::matmul;
pub use random::seeded;
pub use run::Run;
pub use training::{Batch, History, Training, TrainingError};
