//! What a column of numbers is called, and what it counts.

use std::fmt;

/// A column's name and unit; it prints as `area (m²)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Such as `area`.
    pub name: &'static str,
    /// Such as `m²`; empty for a plain count.
    pub unit: &'static str,
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.unit {
            "" => f.write_str(self.name),
            unit => write!(f, "{} ({unit})", self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_prints_its_unit_if_it_has_one() {
        assert_eq!(Column { name: "area", unit: "m²" }.to_string(), "area (m²)");
        assert_eq!(Column { name: "bedrooms", unit: "" }.to_string(), "bedrooms");
    }
}
