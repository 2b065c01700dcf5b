//! Numbers for the eye: rounded where they are shown, never where they are computed.

/// A number with this many significant digits: `0.0009766`, `1.42`, `3.41e50`.
///
/// From a millionth to below a million it is written out; beyond, with an exponent.
pub fn significant(number: f64, digits: usize) -> String {
    let scientific = format!("{:.*e}", digits.saturating_sub(1), number);
    let Some((_, exponent)) = scientific.split_once('e') else {
        return scientific; // NaN and the infinities
    };
    let exponent: i32 = exponent.parse().expect("Rust writes exponents as whole numbers");
    if number == 0.0 {
        "0".to_string()
    } else if !(-6..6).contains(&exponent) {
        scientific
    } else {
        let decimals = (digits as i32 - 1 - exponent).max(0) as usize;
        format!("{number:.decimals$}")
    }
}

/// A number with this many decimals, and without a minus sign on zero.
pub fn fixed(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    match text.strip_prefix('-') {
        Some(zero) if zero.chars().all(|c| c == '0' || c == '.') => zero.to_string(),
        _ => text,
    }
}

/// A share from 0 to 1 as a percentage with this many decimals: `97.2 %`.
pub fn percent(share: f64, decimals: usize) -> String {
    format!("{} %", fixed(100.0 * share, decimals))
}

/// A whole number with its thousands apart: `1,797`.
pub fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn significant_digits_are_kept_at_every_size() {
        for (number, text) in [
            (0.000_976_562_5, "0.0009766"),
            (-1.416_66, "-1.417"),
            (123_456.7, "123457"),
            (9.999_96, "10.00"),
            (3.409_66e50, "3.410e50"),
            (1.5e-9, "1.500e-9"),
            (0.0, "0"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(significant(number, 4), text);
        }
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(
            [7, 999, 1_000, 1_234_567].map(count),
            ["7", "999", "1,000", "1,234,567"]
        );
    }

    #[test]
    fn a_zero_has_no_minus() {
        assert_eq!(fixed(-0.000_4, 2), "0.00");
        assert_eq!(fixed(-0.5, 2), "-0.50");
        assert_eq!(percent(0.972_2, 1), "97.2 %");
    }
}
