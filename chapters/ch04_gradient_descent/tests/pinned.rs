//! Pins everything that the chapter prints and draws.

lesson::pin!(ch04_gradient_descent);
