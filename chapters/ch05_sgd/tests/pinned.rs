//! Pins everything that the chapter prints and draws.

lesson::pin!(ch05_sgd: stuck, noise, convexity, batch_sizes, faster, light_read, hard_read);
