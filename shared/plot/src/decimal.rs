//! Numbers as people write them: a whole number of some power of ten.

use crate::text;

/// `digits · 10^exponent`. Unlike an `f64` it holds 0.1 exactly, so what it writes shows no rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal {
    digits: i64,
    exponent: i32,
}

impl Decimal {
    /// Without trailing zeros: 1200 is 12 · 10².
    pub fn new(mut digits: i64, mut exponent: i32) -> Self {
        while digits != 0 && digits % 10 == 0 {
            digits /= 10;
            exponent += 1;
        }
        Self { digits, exponent: if digits == 0 { 0 } else { exponent } }
    }

    /// The decimal of the fewest digits that is this finite value; where these are more than `most`, the nearest with as many.
    pub fn near(value: f64, most: usize) -> Self {
        let read = |written: String| {
            let (mantissa, exponent) =
                written.split_once('e').expect("`{:e}` writes an exponent");
            let decimals = mantissa.split_once('.').map_or(0, |parts| parts.1.len());
            let digits: i64 =
                mantissa.replace('.', "").parse().expect("17 digits fit into 64 bits");
            let exponent: i32 = exponent.parse().expect("the exponent is a number");
            Self::new(digits, exponent - decimals as i32)
        };
        let shortest = read(format!("{value:e}"));
        if shortest.count() <= most {
            shortest
        } else {
            read(format!("{value:.*e}", most.saturating_sub(1)))
        }
    }

    /// The nearest `f64`; infinite beyond the largest, 0 below the smallest.
    pub fn value(self) -> f64 {
        format!("{}e{}", self.digits, self.exponent)
            .parse()
            .expect("digits and exponent are a number")
    }

    /// How many digits it has.
    pub fn count(self) -> usize {
        self.digits.unsigned_abs().to_string().len()
    }

    /// How many of them stand behind the point.
    pub fn decimals(self) -> usize {
        usize::try_from(-self.exponent).unwrap_or(0)
    }

    /// Written out: 0.01, 100.
    pub fn plain(self, decimals: usize) -> String {
        text::number(self.value(), decimals)
    }

    /// With one digit before the point and a power of ten, but for 0 and numbers from 1 to below 100: 2.5·10⁷, 10⁻², 15.
    pub fn scientific(self) -> String {
        let exponent = self.exponent + self.count() as i32 - 1;
        if self.digits == 0 || (0..2).contains(&exponent) {
            return self.plain(self.decimals());
        }
        let sign = if self.digits < 0 { "−" } else { "" };
        let digits = self.digits.unsigned_abs().to_string();
        let mantissa = match digits.split_at(1) {
            ("1", "") => String::new(),
            (first, "") => format!("{first}·"),
            (first, rest) => format!("{first}.{rest}·"),
        };
        format!("{sign}{mantissa}10{}", superscript(exponent))
    }
}

fn superscript(exponent: i32) -> String {
    let raise = |c: char| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        digit => char::from_u32('⁰' as u32 + digit as u32 - '0' as u32).unwrap_or(digit),
    };
    exponent.to_string().chars().map(raise).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_shows_no_noise() {
        assert_eq!(Decimal::near(0.1 + 0.2, 12), Decimal::new(3, -1));
        assert_eq!(Decimal::near(f64::from_bits(1), 12), Decimal::new(5, -324));
        assert_eq!(Decimal::near(-0.0, 12), Decimal::new(0, 0));
        assert_eq!(Decimal::near(1.0 / 3.0, 4), Decimal::new(3333, -4));
        assert_eq!(Decimal::near(9.9999, 2), Decimal::new(1, 1));
    }

    #[test]
    fn powers_of_ten_are_raised() {
        let written = |digits, exponent| Decimal::new(digits, exponent).scientific();
        assert_eq!(written(25, 6), "2.5·10⁷");
        assert_eq!(written(-1, 9), "−10⁹");
        assert_eq!(written(999_995, -6), "9.99995·10⁻¹");
        assert_eq!(
            [written(0, 0), written(1, 0), written(15, 0), written(65, -1)],
            ["0", "1", "15", "6.5"]
        );
    }
}
