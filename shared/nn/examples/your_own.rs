//! An activation, a cost, an update rule and a schedule of one's own, as plain functions:
//! `cargo run -p nn --example your_own`.

use ndarray::Array2;
use nn::math::{exp, ln_1p, sin};
use nn::{
    Activation, Batch, Cost, Examples, Network, Training, activation, cost, seeded,
};

fn main() -> Result<(), nn::TrainingError> {
    let softplus = Activation::Own(activation::Own {
        name: "softplus",
        value: |z| z.max(0.0) + ln_1p(exp(-z.abs())),
        slope: |a| 1.0 - exp(-a),
    });
    let huber = Cost::Own(cost::Own {
        name: "Huber",
        value: |outputs, targets| {
            let apart = outputs.iter().zip(targets).map(|(a, y)| (a - y).abs());
            apart.map(|e| if e < 1.0 { 0.5 * e * e } else { e - 0.5 }).sum()
        },
        gradient: |outputs, targets, gradient| {
            for ((slope, a), y) in gradient.iter_mut().zip(outputs).zip(targets) {
                *slope = (a - y).clamp(-1.0, 1.0);
            }
        },
    });
    let clipped = |rate: f64, parameters: &mut [f64], gradient: &[f64]| {
        let pairs = parameters.iter_mut().zip(gradient);
        pairs.for_each(|(parameter, slope)| *parameter -= rate * slope.clamp(-0.1, 0.1));
    };
    let x = Array2::from_shape_fn((60, 1), |(row, _)| row as f64 / 10.0 - 3.0);
    let wave = Examples::new(x.clone(), x.mapv(sin));
    let mut network = Network::new(&[1, 12, 1], softplus, &mut seeded(1));
    let plan = Training { cost: huber, rate: 0.3, batch: Batch::Rows(10), epochs: 900 };
    let rng = &mut seeded(2);
    let mut run = plan.start(&mut network, &wave, rng)?.with_rule(|| clipped);
    while run.epoch()?.is_some() {
        run.rate = 0.3 / (1.0 + run.epochs_done() as f64 / 300.0);
    }
    println!("The cost fell to {:.6}.", network.cost(&wave, huber));
    Ok(())
}
