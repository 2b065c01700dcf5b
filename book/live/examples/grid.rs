//! Every live figure at many positions, on this machine: `cargo run -p live --example grid` prints each question, and a
//! fingerprint of its answer. What the module answers in a browser must have the same.

use lesson::{Kind, Live};
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};

/// How many positions of each figure, beside the book's.
const EACH: usize = 40;

fn main() {
    let mut rng = ChaCha8Rng::seed_from_u64(17);
    for figure in live::figures() {
        for at in 0..=EACH {
            let position =
                if at == 0 { String::new() } else { position(figure.live(), &mut rng) };
            let question = format!("{}?{position}", figure.address());
            let answer = match live::answer(&question) {
                Ok(drawn) => format!("drawn\n{drawn}"),
                Err(words) => format!("refused\n{words}"),
            };
            println!("{:016x} {} {question}", fingerprint(&answer), answer.len());
        }
    }
}

/// A position of all knobs, by chance.
fn position(live: &Live, rng: &mut ChaCha8Rng) -> String {
    let knobs = live.knobs.iter().map(|knob| {
        let text = match knob.kind {
            Kind::Slider { from, to, step, .. } => {
                let places = ((to - from) / step).round() as u64;
                // As a browser's slider writes it: rounded to the decimals of its step.
                let at = from + step * rng.random_range(0..=places) as f64;
                ((at * 1e6).round() / 1e6).to_string()
            }
            Kind::Stops { at, .. } => {
                at[rng.random_range(0..at.len() as u64) as usize].to_string()
            }
            Kind::Choice { of, .. } => rng.random_range(0..of.len() as u64).to_string(),
            Kind::Switch { .. } => rng.random_range(0..2_u64).to_string(),
            // A long film takes long; its first part shows as much.
            Kind::Steps { most, .. } => {
                rng.random_range(0..=most.min(60) as u64).to_string()
            }
            Kind::Start => rng.random_range(0..100_u64).to_string(),
            Kind::Points { book } => {
                let moved = |number: f64, rng: &mut ChaCha8Rng| {
                    ((number + rng.random_range(-0.5..0.5)) * 1e3).round() / 1e3
                };
                let points = book()
                    .into_iter()
                    .map(|(x, y)| format!("{},{}", moved(x, rng), moved(y, rng)));
                points.collect::<Vec<_>>().join(";")
            }
            Kind::Numbers { book, .. } => {
                let moved = |number: &f64| {
                    ((number + rng.random_range(-0.5..0.5)) * 1e3).round() / 1e3
                };
                book()
                    .iter()
                    .map(moved)
                    .map(|number| number.to_string())
                    .collect::<Vec<_>>()
                    .join(",")
            }
            Kind::Pad { .. } => {
                let place = |_| format!("{:.2}", rng.random_range(0.1..0.9));
                (0..12).map(place).collect::<Vec<_>>().join(",")
            }
        };
        format!("{}={text}", knob.name)
    });
    knobs.collect::<Vec<_>>().join("&")
}

/// FNV-1a, as in the script that compares.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
