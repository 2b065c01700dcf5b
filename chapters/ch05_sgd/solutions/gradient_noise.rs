//! One loop for the mean, one for the distances from it.

/// The noise of gradients that were taken at the same weights.
///
/// There are at least two, and all have the same length.
pub fn noise(gradients: &[Vec<f64>]) -> f64 {
    let count = gradients.len() as f64;
    let mut mean = vec![0.0; gradients[0].len()];
    for gradient in gradients {
        for (mean, slope) in mean.iter_mut().zip(gradient) {
            *mean += slope / count;
        }
    }
    let mut squares = 0.0;
    for gradient in gradients {
        for (mean, slope) in mean.iter().zip(gradient) {
            squares += (slope - mean) * (slope - mean);
        }
    }
    (squares / (count - 1.0)).sqrt()
}

#[path = "../checks/gradient_noise.rs"]
mod checks;
