//! Columns brought to a common size.
//!
//! Study hours run to 115, sleep hours to 10. A weighted sum adds them as they come, so
//! the larger column drowns the smaller. A scaling shifts and stretches each column by
//! itself. It is fitted on the rows that we train on and then applied, unchanged, to all
//! others: a test row must not help to choose the ruler that it is measured with.

use ndarray::{Array2, ArrayView1, ArrayView2};

/// Equal numbers that were computed in different ways differ by less than this share of
/// their size: each was rounded once or twice.
const ROUNDING: f64 = 2.0 * f64::EPSILON;

/// A spread below this share of the numbers' size drowns in the rounding of their sum (in
/// their unit, in which the largest number is from 1 to 2).
const FAR: f64 = 1.0 / 1024.0;

/// A shift and a scale for each column: x becomes (x − shift) / scale.
///
/// The shift is the mean or the smallest number, the scale is the standard deviation or
/// the range. A scaling serves whatever finite numbers a column holds, however large,
/// small or far from 0, in any memory layout.
///
/// A column whose numbers are equal, or differ only by rounding (as 0.1 + 0.2 and 0.3
/// do), has no spread to divide by. It keeps the scale 1: it becomes 0 in every row that
/// the scaling was fitted on, and a row that differs later shows by how much, in the
/// column's own unit. From 2⁵² on, even whole numbers can be that close: 1e16, 1e16 + 2
/// and 1e16 + 4 count as constant.
///
/// ```
/// use datasets::{Scaling, students};
///
/// let students = students();
/// let scaling = Scaling::standardise(students.inputs.view());
/// let scaled = scaling.apply(students.inputs.view());
/// assert!(scaled.column(0).sum().abs() < 1e-12);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    rulers: Vec<Ruler>,
}

impl Scaling {
    /// Fits mean 0 and standard deviation 1 to each column of `(rows, columns)`.
    ///
    /// The deviation is that of the rows themselves: divided by their number, not by one
    /// less.
    ///
    /// # Panics
    /// If there are no rows, or a number is NaN or infinite.
    pub fn standardise(rows: ArrayView2<f64>) -> Scaling {
        Scaling::fit(rows, |column| {
            let count = column.len() as f64;
            let mean = column.iter().sum::<f64>() / count;
            let squares: f64 = column.iter().map(|x| (x - mean) * (x - mean)).sum();
            (mean, (squares / count).sqrt())
        })
    }

    /// Fits smallest number 0 and largest number 1 to each column of `(rows, columns)`.
    ///
    /// # Panics
    /// If there are no rows, or a number is NaN or infinite.
    pub fn normalise(rows: ArrayView2<f64>) -> Scaling {
        Scaling::fit(rows, |column| {
            let (smallest, largest) = range(column);
            (smallest, largest - smallest)
        })
    }

    /// The same columns, scaled. NaN stays NaN, and an infinity infinite.
    ///
    /// # Panics
    /// If there are not as many columns as the scaling was fitted on.
    pub fn apply(&self, rows: ArrayView2<f64>) -> Array2<f64> {
        self.map(rows, Ruler::apply)
    }

    /// Scaled columns, back in their own units. NaN stays NaN, and an infinity infinite; a
    /// number beyond the largest `f64` becomes that.
    ///
    /// # Panics
    /// If there are not as many columns as the scaling was fitted on.
    pub fn invert(&self, rows: ArrayView2<f64>) -> Array2<f64> {
        self.map(rows, Ruler::invert)
    }

    /// What a scaled column's 1 stands for, in the column's own unit: the standard
    /// deviation or the range, or 1 if the column is constant. Infinite or 0 if no `f64`
    /// is as large or as small.
    ///
    /// # Panics
    /// If there is no such column.
    pub fn scale(&self, column: usize) -> f64 {
        let columns = self.rulers.len();
        assert!(
            column < columns,
            "a scaling of {columns} columns has no column {column}"
        );
        match self.rulers[column] {
            Ruler::Constant { .. } => 1.0,
            Ruler::Spread { unit, scale, .. } => scale * unit,
        }
    }

    fn fit(rows: ArrayView2<f64>, measure: impl Fn(&[f64]) -> (f64, f64)) -> Scaling {
        assert!(rows.nrows() > 0, "a scaling needs at least one row, but there is none");
        assert!(
            rows.iter().all(|number| number.is_finite()),
            "a scaling needs finite numbers, but the rows hold NaN or an infinity"
        );
        let columns = rows.columns().into_iter();
        Scaling { rulers: columns.map(|column| Ruler::fit(column, &measure)).collect() }
    }

    /// Puts every number through the ruler of its column.
    fn map(
        &self,
        rows: ArrayView2<f64>,
        read: impl Fn(&Ruler, f64) -> f64,
    ) -> Array2<f64> {
        assert_eq!(
            rows.ncols(),
            self.rulers.len(),
            "a scaling of {} columns was given rows of {}",
            self.rulers.len(),
            rows.ncols(),
        );
        Array2::from_shape_fn(rows.dim(), |place| {
            read(&self.rulers[place.1], rows[place])
        })
    }
}

/// How one column is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ruler {
    /// All numbers were this one, give or take their rounding.
    Constant { number: f64, rounding: f64 },
    /// Shift and scale count in `unit`, from `origin` on.
    Spread {
        /// A power of two near the largest number: dividing by it changes no digit, and
        /// then no range and no square is too large or too small for an `f64`.
        unit: f64,
        /// 0, or for numbers far from 0 the smallest of them: the way to it has no
        /// rounding, while that of a mean would drown their spread.
        origin: f64,
        shift: f64,
        scale: f64,
    },
}

impl Ruler {
    /// Asks `measure` for the shift and scale of a column that is not constant.
    fn fit(column: ArrayView1<f64>, measure: impl Fn(&[f64]) -> (f64, f64)) -> Ruler {
        let (smallest, largest) = range(column);
        let size = largest.abs().max(smallest.abs());
        let unit = power_of_two(size);
        let spread = largest / unit - smallest / unit;
        if spread <= ROUNDING * (size / unit) {
            return Ruler::Constant { number: smallest, rounding: ROUNDING * size };
        }
        let origin = if spread < FAR { smallest / unit } else { 0.0 };
        let column: Vec<f64> = column.iter().map(|x| x / unit - origin).collect();
        let (shift, scale) = measure(&column);
        Ruler::Spread { unit, origin, shift, scale }
    }

    fn apply(&self, x: f64) -> f64 {
        match *self {
            Ruler::Constant { number, rounding } if (x - number).abs() <= rounding => 0.0,
            Ruler::Constant { number, .. } => x - number,
            Ruler::Spread { unit, origin, shift, scale } => {
                (x / unit - origin - shift) / scale
            }
        }
    }

    fn invert(&self, scaled: f64) -> f64 {
        let x = match *self {
            Ruler::Constant { number, .. } => scaled + number,
            Ruler::Spread { unit, origin, shift, scale } => {
                (scaled * scale + shift + origin) * unit
            }
        };
        // The last rounding can lift the largest of all numbers out of reach.
        if scaled.is_finite() { x.clamp(f64::MIN, f64::MAX) } else { x }
    }
}

/// The largest power of two that is not above `size`; for a subnormal size, that of the
/// smallest normal number.
fn power_of_two(size: f64) -> f64 {
    const EXPONENT: u64 = 0x7ff0_0000_0000_0000;
    f64::from_bits(size.to_bits() & EXPONENT).max(f64::MIN_POSITIVE)
}

/// The smallest and the largest of some numbers.
fn range<'a>(numbers: impl IntoIterator<Item = &'a f64>) -> (f64, f64) {
    let start = (f64::INFINITY, f64::NEG_INFINITY);
    numbers.into_iter().fold(start, |(low, high), &x| (low.min(x), high.max(x)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Axis, array, s};
    use proptest::prelude::*;

    #[test]
    fn standardising_gives_mean_zero_and_deviation_one() {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, population deviation 2, sample deviation 2.14.
        let column = array![[2.0], [4.0], [4.0], [4.0], [5.0], [5.0], [7.0], [9.0]];
        let scaled = Scaling::standardise(column.view()).apply(column.view());
        assert_eq!(
            scaled.column(0).to_vec(),
            [-1.5, -0.5, -0.5, -0.5, 0.0, 0.0, 1.0, 2.0]
        );
    }

    #[test]
    fn normalising_reaches_from_zero_to_one() {
        let rows = array![[10.0, -1.0], [20.0, 3.0], [40.0, 1.0]];
        let scaled = Scaling::normalise(rows.view()).apply(rows.view());
        assert_eq!(scaled, array![[0.0, 0.0], [1.0 / 3.0, 1.0], [1.0, 0.5]]);
    }

    #[test]
    fn rows_to_test_on_are_measured_with_the_ruler_of_the_rows_to_train_on() {
        let (train, test) = (array![[0.0], [10.0]], array![[5.0], [20.0]]);
        let scaling = Scaling::normalise(train.view());
        assert_eq!(scaling.apply(test.view()), array![[0.5], [2.0]]);
    }

    #[test]
    fn a_constant_column_becomes_zero_and_keeps_its_unit() {
        let rows = Array2::from_elem((3, 1), 0.1);
        assert_ne!(rows.sum() / 3.0, 0.1, "rounding is what makes this hard");
        for scaling in
            [Scaling::standardise(rows.view()), Scaling::normalise(rows.view())]
        {
            assert_eq!(scaling.apply(rows.view()), Array2::zeros((3, 1)));
            let later = scaling.apply(array![[3.1]].view());
            assert!((later[[0, 0]] - 3.0).abs() < 1e-12);
        }
    }

    #[test]
    #[should_panic(expected = "a scaling of 2 columns was given rows of 3")]
    fn other_columns_are_refused() {
        let scaling = Scaling::standardise(array![[1.0, 2.0], [3.0, 5.0]].view());
        scaling.apply(array![[1.0, 2.0, 3.0]].view());
    }

    #[test]
    #[should_panic(expected = "a scaling needs finite numbers")]
    fn numbers_that_are_none_are_refused() {
        Scaling::standardise(array![[1.0], [f64::NAN]].view());
    }

    /// Both ways of scaling, fitted on one column.
    fn both(column: &[f64]) -> [Scaling; 2] {
        let column = ArrayView2::from_shape((column.len(), 1), column).unwrap();
        [Scaling::standardise(column), Scaling::normalise(column)]
    }

    fn apply(scaling: &Scaling, column: &[f64]) -> Vec<f64> {
        let column = ArrayView2::from_shape((column.len(), 1), column).unwrap();
        scaling.apply(column).into_raw_vec_and_offset().0
    }

    fn invert(scaling: &Scaling, column: &[f64]) -> Vec<f64> {
        let column = ArrayView2::from_shape((column.len(), 1), column).unwrap();
        scaling.invert(column).into_raw_vec_and_offset().0
    }

    #[test]
    fn a_column_that_differs_only_by_rounding_is_constant() {
        let tenths = [0.1; 10].iter().sum::<f64>();
        let columns: [&[f64]; 6] = [
            &[0.1 + 0.2, 0.3, 0.3],
            &[-0.3, -0.1 - 0.2],
            &[1.0, tenths, 1.0 + f64::EPSILON],
            &[f64::MAX, f64::MAX.next_down()],
            &[1e16, 1e16 + 2.0, 1e16 + 4.0],
            &[(0.1 + 0.2) * 1e-300, 0.3e-300],
        ];
        for column in columns {
            assert!(column.iter().any(|x| *x != column[0]), "{column:?} has a spread");
            for scaling in both(column) {
                assert_eq!(apply(&scaling, column), vec![0.0; column.len()]);
                for (back, x) in invert(&scaling, &[0.0, 0.0]).iter().zip(column) {
                    assert!((back / x - 1.0).abs() < 1e-15, "{back} for {x}");
                }
                assert_eq!(scaling.scale(0), 1.0);
            }
        }
        let [scaling, _] = both(&[0.1 + 0.2, 0.3]);
        let later = [0.4, 0.3 + 1e-15, 0.3 - 1e-15];
        assert_eq!(apply(&scaling, &later), later.map(|x| x - 0.3), "no rounding");
        assert_eq!(invert(&scaling, &apply(&scaling, &[-4.0, 7.5])), [-4.0, 7.5]);
    }

    #[test]
    fn the_smallest_spread_above_rounding_is_kept() {
        let next = 1.0 + 3.0 * f64::EPSILON;
        let [standardised, normalised] = both(&[1.0, next]);
        assert_eq!(apply(&standardised, &[1.0, next]), [-1.0, 1.0]);
        assert_eq!(apply(&normalised, &[1.0, next]), [0.0, 1.0]);
        // Nothing is rounded here, however small it is.
        let [standardised, normalised] = both(&[0.0, 5e-324]);
        assert_eq!(apply(&standardised, &[0.0, 5e-324]), [-1.0, 1.0]);
        assert_eq!(apply(&normalised, &[0.0, 5e-324]), [0.0, 1.0]);
    }

    #[test]
    fn numbers_of_any_size_are_scaled_and_come_back() {
        let sizes = [
            5e-324,
            1e-310,
            f64::MIN_POSITIVE,
            1e-170,
            1e-20,
            1.0,
            1e20,
            1e200,
            1e308,
            f64::MAX,
        ];
        let pairs =
            sizes.iter().flat_map(|&size| [[0.0, size], [-size, size], [-size, 0.0]]);
        for pair in pairs {
            let [standardised, normalised] = both(&pair);
            assert_eq!(apply(&standardised, &pair), [-1.0, 1.0], "{pair:?}");
            assert_eq!(apply(&normalised, &pair), [0.0, 1.0], "{pair:?}");
            assert_eq!(invert(&standardised, &[-1.0, 1.0]), pair);
            assert_eq!(invert(&normalised, &[0.0, 1.0]), pair);
        }
    }

    #[test]
    fn the_largest_number_comes_back_finite() {
        for low in [1e300, 1.3e307, 7.7e307, 1.1e308, -1.7e308, -3e307] {
            let column = [low, low, low / 3.0, f64::MAX];
            for scaling in both(&column) {
                let back = invert(&scaling, &apply(&scaling, &column));
                for (back, x) in back.into_iter().zip(column) {
                    assert!((back / 4.0 - x / 4.0).abs() < 1e293, "{back} for {x}");
                }
            }
        }
        let [_, scaling] = both(&[0.0, 1e308]);
        assert_eq!(invert(&scaling, &[2.0, -2.0]), [f64::MAX, f64::MIN]);
    }

    #[test]
    fn a_small_spread_far_from_zero_is_scaled_as_if_it_were_near() {
        // 4503599627370496 = 2⁵²: from there on, an f64 holds whole numbers only, and no mean
        // of 0, 1 and 6.
        let near: [f64; 3] = [0.0, 1.0, 6.0];
        for far in [4_503_599_627_370_496.0, -4_503_599_627_370_503.0, 1e9, 1e4] {
            let column = near.map(|x| x + far);
            for (scaling, expected) in both(&column).iter().zip(both(&near)) {
                let (found, expected) =
                    (apply(scaling, &column), apply(&expected, &near));
                let pairs = found.iter().zip(&expected);
                assert!(pairs.clone().all(|(a, b)| (a - b).abs() < 1e-14), "{found:?}");
                assert_eq!(invert(scaling, &found), column);
            }
        }
        let many: Vec<f64> = (0..10_000).map(|row| 1e15 + f64::from(row % 7)).collect();
        let [standardised, _] = both(&many);
        let mean = apply(&standardised, &many).iter().sum::<f64>() / 10_000.0;
        assert!(mean.abs() < 1e-12, "{mean}");
    }

    #[test]
    fn a_spread_of_a_thousandth_has_the_bits_of_the_plain_formula() {
        let column = [1.0, 1.0 + 0.1 / 1024.0, 1.0 + 0.3 / 1024.0, 1.0 + 1.0 / 1024.0];
        let mean = column.iter().sum::<f64>() / 4.0;
        let squares: f64 = column.iter().map(|x| (x - mean) * (x - mean)).sum();
        let expected = column.map(|x| (x - mean) / (squares / 4.0).sqrt());
        assert_eq!(apply(&both(&column)[0], &column), expected);
    }

    #[test]
    fn one_row_becomes_zero() {
        for number in [0.0, -0.0, 3.7, -1e308, f64::MAX, 5e-324] {
            for scaling in both(&[number]) {
                assert_eq!(apply(&scaling, &[number]), [0.0]);
                assert_eq!(invert(&scaling, &[0.0]), [number]);
            }
        }
    }

    #[test]
    fn what_is_no_number_stays_so_and_stays_alone() {
        let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
        for column in [[2.0, 4.0], [3.0, 3.0]] {
            for scaling in both(&column) {
                for read in [apply(&scaling, &odd), invert(&scaling, &odd)] {
                    assert!(read[0].is_nan());
                    assert_eq!(read[1..], odd[1..]);
                }
            }
        }
        let scaling = Scaling::normalise(array![[0.0, 0.0], [2.0, 4.0]].view());
        let scaled = scaling.apply(array![[f64::NAN, 1.0]].view());
        assert_eq!(scaled[[0, 1]], 0.25);
    }

    #[test]
    fn a_scale_is_a_deviation_or_a_range_in_the_columns_own_unit() {
        let rows = array![[2.0, 5.0], [4.0, 5.0], [9.0, 5.0], [5.0, 5.0]];
        let scaling = Scaling::normalise(rows.view());
        assert_eq!((scaling.scale(0), scaling.scale(1)), (7.0, 1.0));
        assert_eq!(both(&[10.0, 16.0])[0].scale(0), 3.0);
        assert_eq!(both(&[f64::MIN, f64::MAX])[1].scale(0), f64::INFINITY);
    }

    #[test]
    #[should_panic(expected = "a scaling of 2 columns has no column 2")]
    fn the_scale_of_a_column_that_is_not_there_is_refused() {
        Scaling::normalise(array![[1.0, 2.0]].view()).scale(2);
    }

    #[test]
    #[should_panic(expected = "a scaling needs at least one row, but there is none")]
    fn standardising_no_row_is_refused() {
        Scaling::standardise(Array2::zeros((0, 3)).view());
    }

    #[test]
    #[should_panic(expected = "a scaling needs at least one row, but there is none")]
    fn normalising_no_row_is_refused() {
        Scaling::normalise(Array2::zeros((0, 3)).view());
    }

    #[test]
    #[should_panic(expected = "a scaling of 2 columns was given rows of 1")]
    fn other_columns_are_refused_on_the_way_back() {
        let scaling = Scaling::standardise(array![[1.0, 2.0], [3.0, 5.0]].view());
        scaling.invert(array![[1.0]].view());
    }

    #[test]
    #[should_panic(expected = "a scaling needs finite numbers")]
    fn infinities_are_refused() {
        Scaling::normalise(array![[1.0], [f64::NEG_INFINITY]].view());
    }

    proptest! {
        #[test]
        fn what_was_scaled_comes_back(
            numbers in prop::collection::vec(-1e3..1e3_f64, 3..60),
        ) {
            let rows = numbers.len() / 3;
            let rows = Array2::from_shape_vec((rows, 3), numbers[..3 * rows].to_vec())?;
            for scaling in [Scaling::standardise(rows.view()), Scaling::normalise(rows.view())] {
                let back = scaling.invert(scaling.apply(rows.view()).view());
                prop_assert!((back - &rows).iter().all(|error| error.abs() < 1e-9));
            }
        }

        #[test]
        fn any_finite_numbers_are_scaled_to_finite_ones_and_come_back(
            column in prop::collection::vec(any::<f64>().prop_filter("finite", |x| x.is_finite()), 1..9),
        ) {
            for scaling in both(&column) {
                let scaled = apply(&scaling, &column);
                prop_assert!(scaled.iter().all(|z| z.abs() <= 3.0), "{:?}", scaled);
                let largest = column.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
                for (back, x) in invert(&scaling, &scaled).into_iter().zip(&column) {
                    let close = (back / 2.0 - x / 2.0).abs() <= 1e-15 * largest;
                    prop_assert!(close || (back - x).abs() <= 5e-324, "{} for {}", back, x);
                }
            }
        }

        #[test]
        fn ordinary_columns_have_the_bits_of_the_plain_formula(
            column in prop::collection::vec(-1e3..1e3_f64, 2..60),
        ) {
            let count = column.len() as f64;
            let mean = column.iter().sum::<f64>() / count;
            let squares: f64 = column.iter().map(|x| (x - mean) * (x - mean)).sum();
            let (low, high) = range(&column);
            let plain = [(mean, (squares / count).sqrt()), (low, high - low)];
            for (scaling, (shift, scale)) in both(&column).iter().zip(plain) {
                let scaled = apply(scaling, &column);
                let expected: Vec<f64> = column.iter().map(|x| (x - shift) / scale).collect();
                prop_assert_eq!(&scaled, &expected);
                let back: Vec<f64> = scaled.iter().map(|z| z * scale + shift).collect();
                prop_assert_eq!(invert(scaling, &scaled), back);
                prop_assert_eq!(scaling.scale(0), scale);
            }
        }

        #[test]
        fn the_memory_layout_does_not_matter(
            numbers in prop::collection::vec(-1e3..1e3_f64, 60),
        ) {
            let rows = Array2::from_shape_vec((20, 3), numbers)?;
            let mut turned = Array2::zeros((3, 20)).reversed_axes();
            turned.assign(&rows);
            prop_assert_ne!(rows.is_standard_layout(), turned.is_standard_layout());
            for fit in [Scaling::standardise, Scaling::normalise] {
                let (one, other) = (fit(rows.view()), fit(turned.view()));
                prop_assert_eq!(&one, &other);
                prop_assert_eq!(one.apply(rows.view()), other.apply(turned.view()));
                prop_assert_eq!(one.invert(rows.view()), other.invert(turned.view()));
            }
        }
    }

    #[test]
    fn columns_do_not_touch_each_other() {
        let rows = crate::students().inputs;
        let together = Scaling::standardise(rows.view()).apply(rows.view());
        for (index, column) in rows.columns().into_iter().enumerate() {
            let alone = column.insert_axis(Axis(1));
            let alone = Scaling::standardise(alone).apply(alone);
            assert_eq!(together.slice(s![.., index..=index]), alone);
        }
    }
}
