//! The exercises of chapter 6, solved.

#![allow(clippy::duplicate_mod)] // each check brings `shaking` along

mod broken_derivative;
mod fork;
mod layer_backward;
mod neuron_backward;
mod softmax_error;
