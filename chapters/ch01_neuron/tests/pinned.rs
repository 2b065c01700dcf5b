//! Pins everything that the chapter prints and draws.

lesson::pin!(ch01_neuron: weighted_sum, scaling, gates, outputs, perceptron, limits);
