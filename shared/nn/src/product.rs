//! The product of two matrices, fast and with the same bits on every machine.
//!
//! You may skip this file: it computes what the plain loop in its tests computes. Each number of a
//! product is the sum over a row times a column. The terms of that sum are rounded one by one and added
//! in one order, 256 at a time. So it makes no difference how many numbers of the product a processor
//! works on at once, and that is all that happens here: the product is filled in tiles of 4 rows by 2
//! vectors, which stay in the processor's registers while their sums run. (The order is that of the crate
//! `matrixmultiply`, the tiles are those of Goto and van de Geijn, 2008.)

use std::cell::RefCell;

use fearless_simd::{Level, dispatch, prelude::*};
use ndarray::{Array2, ArrayRef2, ArrayView2, ArrayViewMut2, CowArray, Ix2};
use rayon::prelude::*;

/// How many terms are added up before their sum joins the product.
const TERMS: usize = 256;

/// The rows of a tile.
const ROWS: usize = 4;

/// The most columns that a tile can have: two vectors of 8.
const COLUMNS: usize = 16;

/// From so many rows on, it pays to copy a panel of B to one place, if B has more columns than [`NEAR`].
const MANY_ROWS: usize = 16;
const NEAR: usize = 64;

/// Up to so many multiplications, it takes longer to prepare them than to make them.
const LITTLE_WORK: usize = 128;

/// From so many multiplications on, it pays to share the rows among threads.
const MUCH_WORK: usize = 1 << 21;

thread_local! {
    static COPY: RefCell<[f64; TERMS * COLUMNS]> = const { RefCell::new([0.0; TERMS * COLUMNS]) };
}

/// A B, a new matrix.
///
/// # Panics
/// If A has not as many columns as B has rows.
pub fn matmul(a: &ArrayRef2<f64>, b: &ArrayRef2<f64>) -> Array2<f64> {
    let mut c = Array2::zeros((a.nrows(), b.ncols()));
    product(1.0, a.view(), b.view(), c.view_mut());
    c
}

/// C = f A B for a number f: `(rows, terms)` times `(terms, columns)`. Any memory layout will do; all but
/// the usual two (row by row, column by column) are copied first.
///
/// # Panics
/// If the three shapes do not go together.
pub fn product(f: f64, a: ArrayView2<f64>, b: ArrayView2<f64>, c: ArrayViewMut2<f64>) {
    multiply(Level::new(), Start::Zero, f, a, b, c);
}

/// C + A B, in the place of C; as [`product`].
///
/// # Panics
/// If the three shapes do not go together.
pub fn add_product(a: ArrayView2<f64>, b: ArrayView2<f64>, c: ArrayViewMut2<f64>) {
    multiply(Level::new(), Start::Kept, 1.0, a, b, c);
}

/// Where the sums of a product start.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Start {
    Zero,
    Kept,
}

fn multiply(
    level: Level,
    start: Start,
    factor: f64,
    a: ArrayView2<f64>,
    b: ArrayView2<f64>,
    mut c: ArrayViewMut2<f64>,
) {
    let ((rows, terms), (others, columns)) = (a.dim(), b.dim());
    assert!(
        terms == others && c.dim() == (rows, columns),
        "({rows}, {terms}) times ({others}, {columns}) does not give {:?}",
        c.dim()
    );
    if c.is_empty() || terms == 0 {
        return if start == Start::Zero {
            c.fill(0.0)
        };
    }
    if rows * terms * columns <= LITTLE_WORK {
        for row in 0..rows {
            for column in 0..columns {
                let mut sum = 0.0;
                for term in 0..terms {
                    sum += a[[row, term]] * b[[term, column]];
                }
                let number = &mut c[[row, column]];
                let product = factor * sum;
                *number = if start == Start::Kept { *number + product } else { product };
            }
        }
        return;
    }
    let Some(numbers) = c.as_slice_mut() else {
        let mut copy = c.as_standard_layout().into_owned();
        multiply(level, start, factor, a, b, copy.view_mut());
        return c.assign(&copy);
    };
    let (a, b) = (in_order(a), in_order(b));
    let (a, b) = (Matrix::of(&a), Matrix::of(&b));
    let job = Job { start, factor, a, b, terms, columns };
    let threads = match rows * terms * columns < MUCH_WORK {
        true => 1,
        false => rayon::current_num_threads(),
    };
    let part = rows.div_ceil(threads).next_multiple_of(ROWS); // the rows of each thread
    if part >= rows {
        return dispatch!(level, simd => job.fill(simd, 0, numbers));
    }
    let parts = numbers.par_chunks_mut(part * columns).enumerate();
    parts.for_each(|(index, numbers)| {
        dispatch!(level, simd => job.fill(simd, index * part, numbers));
    });
}

fn in_order(view: ArrayView2<'_, f64>) -> CowArray<'_, f64, Ix2> {
    match view.is_standard_layout() || view.t().is_standard_layout() {
        true => view.into(),
        false => view.as_standard_layout().into_owned().into(),
    }
}

/// A matrix as it lies in memory: row by row, or column by column.
#[derive(Clone, Copy)]
struct Matrix<'a> {
    numbers: &'a [f64],
    by_rows: bool,
    stride: usize, // from one row, or column, to the next
}

impl<'a> Matrix<'a> {
    fn of(matrix: &'a CowArray<f64, Ix2>) -> Matrix<'a> {
        let by_rows = matrix.is_standard_layout();
        let stride = if by_rows { matrix.ncols() } else { matrix.nrows() };
        let numbers = matrix.as_slice_memory_order().expect("put in order");
        Matrix { numbers, by_rows, stride }
    }
}

/// One product, or the part of it that a thread computes.
#[derive(Clone, Copy)]
struct Job<'a> {
    start: Start,
    factor: f64,
    a: Matrix<'a>,
    b: Matrix<'a>,
    terms: usize,
    columns: usize,
}

/// A part of B: the rows `first..first + terms`, the columns `column..column + width`.
#[derive(Clone, Copy)]
struct Panel<'a> {
    first: usize,
    terms: usize,
    column: usize,
    width: usize,
    numbers: &'a [f64],   // from the first on
    stride: usize,        // from one row to the next
    last: [f64; COLUMNS], // the last row, with zeros where B ends
}

// What is marked `inline(always)` is compiled once for each kind of processor.
impl Job<'_> {
    /// Fills rows of the product, of which `top` is the first.
    #[inline(always)]
    fn fill<S: Simd>(self, simd: S, top: usize, c: &mut [f64]) {
        let (rows, lanes) = (c.len() / self.columns, S::f64s::LEN);
        let is_near = self.b.by_rows && (rows < MANY_ROWS || self.columns <= NEAR);
        COPY.with_borrow_mut(|copy| {
            for first in (0..self.terms).step_by(TERMS) {
                let terms = TERMS.min(self.terms - first);
                for column in (0..self.columns).step_by(2 * lanes) {
                    let width = (2 * lanes).min(self.columns - column);
                    let whole = width.div_ceil(lanes) * lanes;
                    let mut last = [0.0; COLUMNS];
                    let (numbers, stride) = match is_near && whole <= self.columns {
                        true => {
                            let numbers =
                                &self.b.numbers[first * self.columns + column..];
                            let line = &numbers[(terms - 1) * self.columns..];
                            last[..width].copy_from_slice(&line[..width]);
                            (numbers, self.columns)
                        }
                        false => {
                            self.b.copy(
                                first,
                                column,
                                width,
                                &mut copy[..terms * COLUMNS],
                            );
                            (&copy[..], COLUMNS)
                        }
                    };
                    let panel =
                        Panel { first, terms, column, width, numbers, stride, last };
                    match width <= lanes {
                        true => self.tiles::<S, 1>(simd, top, panel, c),
                        false => self.tiles::<S, 2>(simd, top, panel, c),
                    }
                }
            }
        });
    }

    /// The tiles of a panel: R rows by V vectors each.
    #[inline(always)]
    fn tiles<S: Simd, const V: usize>(
        self,
        simd: S,
        top: usize,
        panel: Panel,
        c: &mut [f64],
    ) {
        simd.vectorize(
            #[inline(always)]
            || {
                for (index, lines) in c.chunks_mut(ROWS * self.columns).enumerate() {
                    let row = top + index * ROWS;
                    match lines.len() / self.columns {
                        1 => self.tile::<S, 1, V>(simd, row, panel, lines),
                        2 => self.tile::<S, 2, V>(simd, row, panel, lines),
                        3 => self.tile::<S, 3, V>(simd, row, panel, lines),
                        _ => self.tile::<S, ROWS, V>(simd, row, panel, lines),
                    }
                }
            },
        );
    }

    /// Adds to a tile, in the lines of C, what a panel contributes.
    #[inline(always)]
    fn tile<S: Simd, const R: usize, const V: usize>(
        self,
        simd: S,
        row: usize,
        panel: Panel,
        lines: &mut [f64],
    ) {
        let Matrix { numbers, by_rows, stride } = self.a;
        let sums: [[S::f64s; V]; R] = if by_rows {
            let place = |r| (row + r) * stride + panel.first;
            let rows: [&[f64]; R] =
                std::array::from_fn(|r| &numbers[place(r)..][..panel.terms]);
            panel.sums(simd, |term| rows.map(|row| row[term]))
        } else {
            let numbers = &numbers[panel.first * stride + row..];
            let column = |term| numbers[term * stride..].first_chunk();
            panel.sums(simd, |term| *column(term).expect("R rows"))
        };
        let is_kept = panel.first > 0 || self.start == Start::Kept;
        let factor = S::f64s::splat(simd, self.factor);
        // By reference: moved one by one, they would be stored and loaded again, and the processor would wait.
        for (line, sums) in lines.chunks_mut(self.columns).zip(&sums) {
            let line = &mut line[panel.column..][..panel.width];
            for (part, sum) in line.chunks_mut(S::f64s::LEN).zip(sums) {
                write(simd, factor * *sum, is_kept, part);
            }
        }
    }
}

impl Panel<'_> {
    /// Row by row, R numbers of A times the V vectors of the row, added up.
    #[inline(always)]
    fn sums<S: Simd, const R: usize, const V: usize>(
        self,
        simd: S,
        a: impl Fn(usize) -> [f64; R],
    ) -> [[S::f64s; V]; R] {
        let lanes = S::f64s::LEN;
        let mut sums = [[S::f64s::splat(simd, 0.0); V]; R];
        for term in 0..self.terms {
            let place = term * self.stride;
            let line = self.numbers.get(place..place + V * lanes);
            let line = line.unwrap_or(&self.last[..V * lanes]);
            let vector = |v| S::f64s::from_slice(simd, &line[v * lanes..][..lanes]);
            let line: [S::f64s; V] = std::array::from_fn(vector);
            for (sums, number) in sums.iter_mut().zip(a(term)) {
                let number = S::f64s::splat(simd, number);
                for (sum, vector) in sums.iter_mut().zip(line) {
                    *sum += number * vector; // rounded twice, never fused
                }
            }
        }
        sums
    }
}

/// Writes a vector, or adds it, where there may be room for its first numbers only.
#[inline(always)]
fn write<S: Simd>(simd: S, vector: S::f64s, is_kept: bool, place: &mut [f64]) {
    let lanes = S::f64s::LEN;
    let mut room = [0.0; COLUMNS / 2];
    let is_whole = place.len() == lanes;
    if is_whole && is_kept {
        (S::f64s::from_slice(simd, place) + vector).store_slice(place);
    } else if is_whole {
        vector.store_slice(place);
    } else {
        vector.store_slice(&mut room[..lanes]);
        for (number, sum) in place.iter_mut().zip(room) {
            *number = if is_kept { *number + sum } else { sum };
        }
    }
}

impl Matrix<'_> {
    /// Copies a panel to one place, line by line.
    #[inline(always)]
    fn copy(self, first: usize, column: usize, width: usize, copy: &mut [f64]) {
        let stride = self.stride;
        for (term, line) in copy.chunks_exact_mut(COLUMNS).enumerate() {
            let (row, line) = (first + term, &mut line[..width]);
            if self.by_rows {
                line.copy_from_slice(&self.numbers[row * stride + column..][..width]);
            } else {
                let column = self.numbers[column * stride + row..].iter().step_by(stride);
                line.iter_mut().zip(column).for_each(|(to, from)| *to = *from);
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::random::{normal, seeded};
    use ndarray::s;
    use proptest::prelude::*;

    /// Every kind of instructions that this processor has.
    pub(crate) fn levels() -> Vec<Level> {
        #[allow(unused_mut)]
        let mut levels = vec![Level::new(), Level::baseline()];
        #[cfg(target_arch = "x86_64")]
        levels.extend(
            [
                Level::new().as_sse4_2().map(Simd::level),
                Level::new().as_avx2().map(Simd::level),
            ]
            .into_iter()
            .flatten(),
        );
        levels
    }

    /// What a product is.
    fn plain(
        start: Start,
        factor: f64,
        a: &Array2<f64>,
        b: &Array2<f64>,
        c: &mut Array2<f64>,
    ) {
        for ((row, column), number) in c.indexed_iter_mut() {
            if start == Start::Zero {
                *number = 0.0;
            }
            for first in (0..a.ncols()).step_by(TERMS) {
                let terms = first..a.ncols().min(first + TERMS);
                let mut sum = 0.0;
                for term in terms {
                    sum += a[[row, term]] * b[[term, column]];
                }
                *number += factor * sum;
            }
        }
    }

    /// The same numbers, in another layout.
    fn relaid(matrix: &Array2<f64>, layout: usize) -> Array2<f64> {
        match layout {
            0 => matrix.clone(),
            1 => matrix.t().as_standard_layout().into_owned().reversed_axes(),
            _ => {
                let (rows, columns) = matrix.dim();
                let mut wide = Array2::from_elem((2 * rows, 3 * columns), f64::NAN);
                wide.slice_mut(s![..;2, ..;3]).assign(matrix);
                wide.slice_move(s![..;2, ..;3])
            }
        }
    }

    proptest! {
        #[test]
        fn every_level_and_layout_gives_the_bits_of_the_plain_loop(
            (rows, terms, columns) in (0..22_usize, prop_oneof![0..40_usize, 250..530_usize], 0..37_usize),
            layouts in [0..3_usize, 0..3_usize, 0..3_usize],
            (start, factor) in (prop_oneof![Just(Start::Zero), Just(Start::Kept)], prop_oneof![Just(1.0), Just(-0.37)]),
            seed in any::<u64>(),
        ) {
            let rng = &mut seeded(seed);
            let mut matrix = |rows, columns| Array2::from_shape_simple_fn((rows, columns), || normal(rng));
            let (a, b, c) = (matrix(rows, terms), matrix(terms, columns), matrix(rows, columns));
            let mut wanted = c.clone();
            plain(start, factor, &a, &b, &mut wanted);
            for level in levels() {
                let (a, b) = (relaid(&a, layouts[0]), relaid(&b, layouts[1]));
                let mut c = relaid(&c, layouts[2]);
                multiply(level, start, factor, a.view(), b.view(), c.view_mut());
                prop_assert_eq!(&c, &wanted, "{:?}", level);
            }
        }
    }

    #[test]
    #[cfg_attr(target_family = "wasm", ignore = "there are no threads")]
    fn threads_share_the_rows_and_change_no_bit() {
        let rng = &mut seeded(1);
        let mut matrix =
            |rows, columns| Array2::from_shape_simple_fn((rows, columns), || normal(rng));
        let (a, b) = (matrix(61, 700), matrix(700, 50));
        const { assert!(61 * 700 * 50 > MUCH_WORK) };
        let mut wanted = Array2::zeros((61, 50));
        plain(Start::Zero, 1.0, &a, &b, &mut wanted);
        for threads in [1, 2, 3, 7] {
            let pool =
                rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let mut c = Array2::from_elem((61, 50), f64::NAN);
            pool.install(|| product(1.0, a.view(), b.view(), c.view_mut()));
            assert_eq!(c, wanted, "{threads} threads");
        }
    }

    #[test]
    fn no_multiplication_is_fused_with_an_addition() {
        // (1 + 2⁻³⁰)(1 − 2⁻³⁰) is 1 − 2⁻⁶⁰, which rounds to 1. A fused multiply-add keeps the −2⁻⁶⁰.
        let step = 1.0 / f64::from(1 << 30);
        let (a, b) =
            (ndarray::array![[-1.0, 1.0 + step]], ndarray::array![[1.0], [1.0 - step]]);
        let mut c = ndarray::array![[f64::NAN]];
        product(1.0, a.view(), b.view(), c.view_mut());
        assert_eq!(c[[0, 0]], 0.0);
    }

    #[test]
    #[should_panic(expected = "(2, 3) times (4, 5) does not give (2, 5)")]
    fn shapes_that_do_not_fit_are_named() {
        let zeros = |rows, columns| Array2::<f64>::zeros((rows, columns));
        product(1.0, zeros(2, 3).view(), zeros(4, 5).view(), zeros(2, 5).view_mut());
    }
}
