//! Pins everything that the chapter prints and draws.

lesson::pin!(ch02_activations);
