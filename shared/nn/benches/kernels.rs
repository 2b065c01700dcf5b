//! Products and elementary functions, each beside a plain loop of single numbers.
//!
//! If the loop is nearly as fast, then the compiler no longer works on several numbers at once.

use divan::{Bencher, counter::ItemsCount};
use nn::math::{Matrix, exp, sin_cos, tanh};
use nn::{elementary, product::product, seeded};
use rand::RngExt;

fn main() {
    divan::main();
}

/// The products of forward passes: (rows, inputs) times (inputs, outputs).
const SIZES: [(usize, usize, usize); 3] = [(32, 64, 32), (10, 784, 30), (64, 784, 128)];

fn random(rows: usize, columns: usize) -> Matrix {
    let rng = &mut seeded(1);
    Matrix::from_shape_simple_fn((rows, columns), || rng.random())
}

fn multiply(
    bencher: Bencher,
    (rows, inputs, outputs): (usize, usize, usize),
    run: impl Fn(&Matrix, &Matrix, &mut Matrix),
) {
    let (a, b, mut c) =
        (random(rows, inputs), random(inputs, outputs), random(rows, outputs));
    let multiplications = ItemsCount::new(rows * inputs * outputs);
    bencher.counter(multiplications).bench_local(|| run(&a, &b, &mut c));
}

#[divan::bench(args = SIZES)]
fn products(bencher: Bencher, sizes: (usize, usize, usize)) {
    multiply(bencher, sizes, |a, b, c| product(1.0, a.view(), b.view(), c.view_mut()));
}

#[divan::bench(args = SIZES)]
fn products_by_a_plain_loop(bencher: Bencher, sizes: (usize, usize, usize)) {
    multiply(bencher, sizes, |a, b, c| {
        for ((row, column), number) in c.indexed_iter_mut() {
            let terms = a.row(row).into_iter().zip(b.column(column));
            *number = terms.map(|(a, b)| a * b).sum();
        }
    });
}

const FUNCTIONS: [&str; 3] = ["exp", "tanh", "sin_cos"];

fn evaluate(bencher: Bencher, run: impl Fn(&[f64], &mut [f64], &mut [f64])) {
    let angles = random(1, 1_000) * 10.0 - 5.0;
    let [mut values, mut others] = [vec![0.0; 1_000], vec![0.0; 1_000]];
    let angles = angles.as_slice().expect("one row");
    bencher
        .counter(ItemsCount::new(1_000_usize))
        .bench_local(|| run(angles, &mut values, &mut others));
}

#[divan::bench(args = FUNCTIONS)]
fn functions(bencher: Bencher, name: &str) {
    let replace = |all: fn(&mut [f64])| {
        move |angles: &[f64], values: &mut [f64], _: &mut [f64]| {
            values.copy_from_slice(angles);
            all(values);
        }
    };
    match name {
        "exp" => evaluate(bencher, replace(elementary::exp_all)),
        "tanh" => evaluate(bencher, replace(elementary::tanh_all)),
        _ => evaluate(bencher, elementary::sin_cos_all),
    }
}

#[divan::bench(args = FUNCTIONS)]
fn functions_of_one_number(bencher: Bencher, name: &str) {
    let replace = |one: fn(f64) -> f64| {
        move |angles: &[f64], values: &mut [f64], _: &mut [f64]| {
            values.iter_mut().zip(angles).for_each(|(value, x)| *value = one(*x));
        }
    };
    match name {
        "exp" => evaluate(bencher, replace(exp)),
        "tanh" => evaluate(bencher, replace(tanh)),
        _ => evaluate(bencher, |angles, sines, cosines| {
            for ((x, sine), cosine) in angles.iter().zip(sines).zip(cosines) {
                (*sine, *cosine) = sin_cos(*x);
            }
        }),
    }
}
