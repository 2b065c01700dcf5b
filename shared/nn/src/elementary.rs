//! Elementary functions of many numbers at once.
//!
//! You may skip this file, too: its functions give the bits of `exp`, `tanh` and `sin_cos` in
//! [`math`](crate::math). They are those of the C library musl, by way of FreeBSD, which the crate `libm` has in
//! Rust (Sun Microsystems, 1993 and 2004: free to use and copy with this notice), but without a branch: both
//! sides of each decision are computed, and one is selected. So a processor can work on several numbers
//! side by side, and in a slice a function takes a third to a quarter of the time. A processor without vectors
//! would take longer; there, `libm` itself is called.

use std::hint::select_unpredictable as select;

use fearless_simd::{Level, dispatch, prelude::*};

/// Replaces each x by eˣ.
pub fn exp_all(numbers: &mut [f64]) {
    each(Level::new(), numbers, exp, libm::exp);
}

/// Replaces each x by tanh x.
pub fn tanh_all(numbers: &mut [f64]) {
    each(Level::new(), numbers, tanh, libm::tanh);
}

/// Replaces each x by 1 / (1 + e⁻ˣ).
pub fn sigmoid_all(numbers: &mut [f64]) {
    each(Level::new(), numbers, sigmoid, |x| 1.0 / (1.0 + libm::exp(-x)));
}

/// The sine and the cosine of each angle, in radians.
///
/// # Panics
/// If the three slices differ in length.
pub fn sin_cos_all(angles: &[f64], sines: &mut [f64], cosines: &mut [f64]) {
    assert!(
        angles.len() == sines.len() && angles.len() == cosines.len(),
        "{} angles need room for as many sines and cosines, not for {} and {}",
        angles.len(),
        sines.len(),
        cosines.len()
    );
    sines_and_cosines(Level::new(), angles, sines, cosines);
}

fn sines_and_cosines(
    level: Level,
    angles: &[f64],
    sines: &mut [f64],
    cosines: &mut [f64],
) {
    if !level.is_fallback() {
        dispatch!(level, simd => simd.vectorize(
            #[inline(always)]
            || {
                for ((x, sine), cosine) in angles.iter().zip(&mut *sines).zip(&mut *cosines) {
                    (*sine, *cosine) = sin_cos(*x);
                }
            },
        ));
    }
    for ((x, sine), cosine) in angles.iter().zip(sines).zip(cosines) {
        if level.is_fallback() || x.is_nan() || x.abs() >= LARGEST_ANGLE {
            (*sine, *cosine) = libm::sincos(*x);
        }
    }
}

/// Replaces each x by what a function makes of it, with the instructions of a `level`; or by what the same
/// function makes of a number `alone`, if the level has no vectors.
#[inline(always)]
fn each(
    level: Level,
    numbers: &mut [f64],
    function: impl Fn(f64) -> f64,
    alone: impl Fn(f64) -> f64,
) {
    if level.is_fallback() {
        return numbers.iter_mut().for_each(|x| *x = alone(*x));
    }
    dispatch!(level, simd => simd.vectorize(
        #[inline(always)]
        || numbers.iter_mut().for_each(|x| *x = function(*x)),
    ));
}

const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];
const INVERSE_LN_2: f64 = std::f64::consts::LOG2_E;

/// 3 · 2⁵¹. What is added to it, and at most 2⁵¹ in size, loses its digits after the point, and its last bits
/// are then those of a whole number.
const WHOLE: f64 = 6_755_399_441_055_744.0;

/// The upper half of the bits, without the sign: enough to tell where a number lies.
#[inline(always)]
fn upper(x: f64) -> u64 {
    x.abs().to_bits() >> 32
}

/// The nearest whole number towards zero.
#[inline(always)]
fn truncated(x: f64) -> f64 {
    let nearest = (x + WHOLE) - WHOLE;
    nearest - select(nearest.abs() > x.abs(), 1_f64.copysign(x), 0.0)
}

/// 2ᵏ for a whole number k from −1,022 to 1,023.
#[inline(always)]
fn power_of_two(k: f64) -> f64 {
    f64::from_bits((k + WHOLE).to_bits().wrapping_add(1_023) << 52)
}

/// k, r and c of x = k ln 2 + r + c, where r is at most ½ ln 2 in size, and c is lost in rounding.
#[inline(always)]
fn reduced(x: f64) -> (f64, f64, f64, f64) {
    let size = upper(x);
    let one = 1_f64.copysign(x);
    let many = truncated(INVERSE_LN_2 * x + 0.5 * one);
    let some = select(size >= 0x3ff0_a2b2, many, one); // from 1.5 ln 2 on
    let k = select(size > 0x3fd6_2e42, some, 0.0); // above 0.5 ln 2
    let (high, low) = (x - k * LN_2[0], k * LN_2[1]);
    (k, high, low, high - low)
}

#[inline(always)]
fn exp(x: f64) -> f64 {
    const P: [f64; 5] = [
        1.666_666_666_666_660_2e-1,
        -2.777_777_777_701_559_3e-3,
        6.613_756_321_437_934e-5,
        -1.653_390_220_546_525_2e-6,
        4.138_136_797_057_238_5e-8,
    ];
    let (k, high, low, r) = reduced(x);
    let s = r * r;
    let c = r - s * (P[0] + s * (P[1] + s * (P[2] + s * (P[3] + s * P[4]))));
    let y = 1.0 + (r * c / (2.0 - c) - low + high);
    let y = select(upper(x) > 0x3e30_0000, y, 1.0 + x); // 2⁻²⁸
    let half = truncated(0.5 * k); // 2ᵏ itself may be too large or too small
    let y = y * power_of_two(half) * power_of_two(k - half);
    let y = select(x > 709.782_712_893_384, f64::INFINITY, y);
    select(x < -745.133_219_101_941_1, 0.0, y)
}

#[inline(always)]
fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

#[inline(always)]
fn tanh(x: f64) -> f64 {
    const Q: [f64; 5] = [
        -3.333_333_333_333_313e-2,
        1.587_301_587_254_814_6e-3,
        -7.936_507_578_674_88e-5,
        4.008_217_827_329_362e-6,
        -2.010_992_181_836_243_7e-7,
    ];
    let size = upper(x);
    let (is_large, is_small) = (size > 0x3fe1_93ea, size <= 0x3fd0_58ae); // ½ ln 3, ½ ln (5/3)
    let capped = select(x.abs() > 19.5, 19.5, x.abs()); // from 19.1 on, tanh x rounds to 1
    let twice = select(is_small, -2.0, 2.0) * capped;
    // e²ˣ − 1, or e⁻²ˣ − 1 if x is small
    let (k, high, low, r) = reduced(twice);
    let c = (high - r) - low;
    let h = 0.5 * r;
    let s = r * h;
    let p = 1.0 + s * (Q[0] + s * (Q[1] + s * (Q[2] + s * (Q[3] + s * Q[4]))));
    let t = 3.0 - p * h;
    let e = s * ((p - t) / (6.0 - r * t));
    let e = (r * (e - c) - c) - s;
    let unit = power_of_two(-k);
    let y = select(k >= 20.0, r - (e + unit) + 1.0, r - e + (1.0 - unit));
    let y = select((k == 1.0) & (r < -0.25), (r + 0.5) - e, y);
    let y = y * power_of_two(k);
    let share = select(is_large, 2.0, select(is_small, -y, y)) / (y + 2.0);
    let y = select(is_large, 1.0 - share, share);
    select(size < 0x0010_0000, x.abs(), y).copysign(x)
}

/// From here on, π to three times 33 bits does not suffice: 2²⁰ π/2.
const LARGEST_ANGLE: f64 = 1_647_099.0;

/// Only below [`LARGEST_ANGLE`].
#[inline(always)]
fn sin_cos(x: f64) -> (f64, f64) {
    const QUARTER: [f64; 3] = // π/2 in three parts of 33 bits
        [
            1.570_796_326_734_125_6,
            6.077_100_506_303_966e-11,
            2.022_266_248_711_166_5e-21,
        ];
    const REST: [f64; 3] = // what is left of π/2 after each of them
        [
            6.077_100_506_506_192e-11,
            2.022_266_248_795_950_6e-21,
            8.478_427_660_368_9e-32,
        ];
    const S: [f64; 6] = [
        -1.666_666_666_666_663_2e-1,
        8.333_333_333_322_49e-3,
        -1.984_126_982_985_795e-4,
        2.755_731_370_707_006_8e-6,
        -2.505_076_025_340_686_3e-8,
        1.589_690_995_211_55e-10,
    ];
    const C: [f64; 6] = [
        4.166_666_666_666_66e-2,
        -1.388_888_888_887_411e-3,
        2.480_158_728_947_673e-5,
        -2.755_731_435_139_066_3e-7,
        2.087_572_321_298_175e-9,
        -1.135_964_755_778_819_5e-11,
    ];
    // x = n π/2 + y + rest, where y is at most π/4 in size
    let size = upper(x);
    let is_inside = size <= 0x3fe9_21fb; // π/4
    let is_near = (size & 0xf_ffff == 0x9_21fb) | (size == 0x4012_d97c); // to a multiple of π/2
    let is_simple = (size <= 0x401c_463b) & !is_near; // 9π/4
    let few = select(size <= 0x4015_fdbc, 3.0, 4.0); // 7π/4
    let few = select(size <= 0x400f_6a7a, 2.0, few); // 5π/4
    let few = select(size <= 0x4002_d97c, 1.0, few); // 3π/4
    let few = select(is_inside, 0.0, few);
    let nearest = (x * std::f64::consts::FRAC_2_PI + WHOLE) - WHOLE;
    let n = select(is_simple | is_inside, f64::copysign(few, x), nearest);
    let [mut r, mut w] = [x - n * QUARTER[0], n * REST[0]];
    let mut is_exact = is_simple | is_inside;
    for (round, lost) in [(1, 16), (2, 49)] {
        let exponent = |x: f64| (x.to_bits() >> 52 & 0x7ff) as i64;
        is_exact |= exponent(x).wrapping_sub(exponent(r - w)) <= lost;
        let part = n * QUARTER[round];
        let next = r - part;
        let off = n * REST[round] - ((r - next) - part);
        (r, w) = (select(is_exact, r, next), select(is_exact, w, off));
    }
    let y = r - w;
    let rest = (r - y) - w;
    // sin y and cos y
    let z = y * y;
    let w = z * z;
    let p = S[1] + z * (S[2] + z * S[3]) + z * w * (S[4] + z * S[5]);
    let v = z * y;
    let inside = y + v * (S[0] + z * p);
    let sine = y - ((z * (0.5 * rest - v * p) - rest) - v * S[0]);
    let sine = select(is_inside, inside, sine);
    let sine = select(size < 0x3e46_a09e, x, sine); // 2⁻²⁷ √2
    let q = z * (C[0] + z * (C[1] + z * C[2])) + w * w * (C[3] + z * (C[4] + z * C[5]));
    let half = 0.5 * z;
    let one = 1.0 - half;
    let cosine = one + (((1.0 - one) - half) + (z * q - y * rest));
    // n quarter turns further
    let turns = (n + WHOLE).to_bits();
    let [s, c] =
        [(sine, cosine), (cosine, sine)].map(|(a, b)| select(turns & 1 == 0, a, b));
    (select(turns & 2 == 0, s, -s), select(turns.wrapping_add(1) & 2 == 0, c, -c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::product::tests::levels;
    use crate::seeded;
    use rand::{Rng, RngExt};

    /// Any number at all; numbers of every size that matters; and all those near a threshold.
    fn arguments(rng: &mut impl Rng) -> Vec<f64> {
        let mut all = vec![
            0.0,
            -0.0,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
            f64::MIN_POSITIVE,
        ];
        all.extend((0..100_000).map(|_| f64::from_bits(rng.random())));
        for size in [1e-9, 1e-3, 0.3, 1.0, 3.0, 8.0, 25.0, 60.0, 800.0, 1e4, 2e6] {
            all.extend((0..100_000).map(|_| size * (2.0 * rng.random::<f64>() - 1.0)));
        }
        let uppers = [
            0x0010_0000_u64,
            0x3e30_0000,
            0x3e46_a09e,
            0x3fd0_58ae,
            0x3fd6_2e42,
            0x3fe1_93ea,
            0x3fe9_21fb,
            0x3ff0_a2b2,
            0x3ff9_21fb,
            0x4002_d97c,
            0x4009_21fb,
            0x400f_6a7a,
            0x4012_d97c,
            0x4015_fdbc,
            0x4019_21fb,
            0x401c_463b,
            0x4034_0000,
            0x4086_232b,
            0x4139_21fb,
        ];
        let mut near =
            |x: f64| {
                let bits = x.to_bits() - 300;
                all.extend((0..600).flat_map(|by| {
                    [1.0, -1.0].map(|sign| sign * f64::from_bits(bits + by))
                }));
            };
        for upper in uppers {
            near(f64::from_bits(upper << 32));
            near(f64::from_bits((upper + 1) << 32));
        }
        for x in [
            709.782_712_893_384,
            745.133_219_101_941_1,
            708.396_418_532_264_1,
            19.5,
            20.0,
        ] {
            near(x);
        }
        for k in 1..60 {
            let k = f64::from(k);
            near((k - 0.5) * std::f64::consts::LN_2);
            near(k * std::f64::consts::FRAC_PI_2);
            near((k - 0.5) * std::f64::consts::FRAC_PI_2);
        }
        // Angles of which nearly nothing is left when quarter turns are taken off.
        for turns in (1..1 << 20).step_by(7) {
            let angle = f64::from(turns) * std::f64::consts::FRAC_PI_2;
            all.extend([angle.next_down(), angle, angle.next_up()]);
        }
        all
    }

    #[test]
    fn many_at_once_have_the_bits_of_one_alone_at_every_level() {
        let arguments = arguments(&mut seeded(1));
        for level in levels() {
            let same = |name: &str, values: &[f64], one: fn(f64) -> f64| {
                for (&x, &value) in arguments.iter().zip(values) {
                    let one = one(x);
                    let is_same = value.to_bits() == one.to_bits()
                        || (value.is_nan() && one.is_nan());
                    assert!(
                        is_same,
                        "{name} {x:e} at {level:?}: {value:e} is not {one:e}"
                    );
                }
            };
            let mut values = arguments.clone();
            each(level, &mut values, exp, libm::exp);
            same("exp", &values, libm::exp);
            values.copy_from_slice(&arguments);
            each(level, &mut values, tanh, libm::tanh);
            same("tanh", &values, libm::tanh);
            values.copy_from_slice(&arguments);
            let alone = |x: f64| 1.0 / (1.0 + libm::exp(-x));
            each(level, &mut values, sigmoid, alone);
            same("sigmoid", &values, alone);
            let mut cosines = arguments.clone();
            sines_and_cosines(level, &arguments, &mut values, &mut cosines);
            same("sin", &values, libm::sin);
            same("cos", &cosines, libm::cos);
        }
    }

    #[test]
    #[should_panic(
        expected = "2 angles need room for as many sines and cosines, not for 2 and 1"
    )]
    fn room_for_each_is_needed() {
        sin_cos_all(&[1.0, 2.0], &mut [0.0; 2], &mut [0.0; 1]);
    }
}
