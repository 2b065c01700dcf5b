//! The palette: Okabe and Ito's colours, which differ for every kind of colour vision, as CSS variables.
//!
//! On white paper their originals are too pale for text, and some are too dark for a dark page. So each has a value for
//! either page, of the same hue; the light one is also the fallback when no page sets the variable.

/// A role in the figure, or a series colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Color {
    /// Text and what carries the point.
    Ink,
    /// Tick labels, and what should stay in the background.
    Muted,
    /// Grid lines.
    Grid,
    /// What the figure is drawn on.
    Surface,
    /// The paper of a [`Picture`](crate::Picture): light on every page.
    Paper,
    /// The ink on that paper: dark on every page.
    Print,
    /// First series: solid line, circles.
    Blue,
    /// Second series: dashed line, triangles.
    Vermillion,
    /// Third series: dotted line, squares.
    Green,
    /// Fourth series: dashes and dots, diamonds.
    Purple,
    /// Fifth series: long dashes, crosses.
    Orange,
    /// Sixth series: short dashes, rings. Too pale on white for text of its own.
    Sky,
}

/// How a line is broken up: the second cue beside its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dash {
    /// Unbroken.
    #[default]
    Solid,
    /// Dashes.
    Dashed,
    /// Dots.
    Dotted,
    /// Dashes and dots in turn.
    DashDot,
    /// Long dashes.
    Long,
    /// Short dashes.
    Short,
}

/// The shape of a point: the second cue beside its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// A filled circle.
    Circle,
    /// A filled triangle.
    Triangle,
    /// A filled square.
    Square,
    /// A square on its corner.
    Diamond,
    /// Two crossed strokes.
    Cross,
    /// An open circle.
    Ring,
}

/// For each colour, in their order: the name of its CSS variable, its value on a light and on a dark page, and the second
/// cues that go with it.
const PALETTE: [(&str, &str, &str, Dash, Marker); 12] = [
    ("--plot-ink", "#22252b", "#e9e7e2", Dash::Solid, Marker::Circle),
    ("--plot-muted", "#62666e", "#a6aab3", Dash::Solid, Marker::Circle),
    ("--plot-grid", "#e3e4e7", "#34383f", Dash::Solid, Marker::Circle),
    ("--plot-surface", "#ffffff", "#16181d", Dash::Solid, Marker::Circle),
    ("--plot-paper", "#f6f4ee", "#e6e2d8", Dash::Solid, Marker::Circle),
    ("--plot-print", "#1d1d22", "#1d1d22", Dash::Solid, Marker::Circle),
    ("--plot-blue", "#0072b2", "#4aa3e8", Dash::Solid, Marker::Circle),
    ("--plot-vermillion", "#c24e00", "#f58b55", Dash::Dashed, Marker::Triangle),
    ("--plot-green", "#00795a", "#2fc29a", Dash::Dotted, Marker::Square),
    ("--plot-purple", "#a5508a", "#e29bc8", Dash::DashDot, Marker::Diamond),
    ("--plot-orange", "#946300", "#e9b03a", Dash::Long, Marker::Cross),
    ("--plot-sky", "#3a93cc", "#a3dcff", Dash::Short, Marker::Ring),
];

impl Dash {
    /// The lengths of strokes and gaps in turn, in figure units, and whether strokes have round ends.
    pub(crate) fn pattern(self) -> (&'static [f64], bool) {
        match self {
            Self::Solid => (&[], true),
            Self::Dashed => (&[8.0, 5.0], false),
            Self::Dotted => (&[0.1, 5.0], true),
            Self::DashDot => (&[10.0, 5.0, 0.1, 5.0], true),
            Self::Long => (&[16.0, 6.0], false),
            Self::Short => (&[4.0, 4.0], false),
        }
    }
}

impl Color {
    /// The series colours, in the order in which marks take them.
    pub const SERIES: [Self; 6] = [
        Self::Blue,
        Self::Vermillion,
        Self::Green,
        Self::Purple,
        Self::Orange,
        Self::Sky,
    ];

    /// The series colour with this index; after the sixth they start again.
    pub fn series(index: usize) -> Self {
        Self::SERIES[index % Self::SERIES.len()]
    }

    /// As a value in an SVG attribute: the variable, with the light value where nobody sets it.
    pub(crate) fn css(self) -> String {
        let (name, light, ..) = PALETTE[self as usize];
        format!("var({name},{light})")
    }

    pub(crate) fn dash(self) -> Dash {
        PALETTE[self as usize].3
    }

    pub(crate) fn marker(self) -> Marker {
        PALETTE[self as usize].4
    }
}

/// The declarations of all variables for a light page, for use inside a CSS rule: `--plot-ink:#22252b;…`.
pub fn light_variables() -> String {
    PALETTE.iter().map(|(name, light, ..)| format!("{name}:{light};")).collect()
}

/// The declarations of all variables for a dark page, for use inside a CSS rule.
pub fn dark_variables() -> String {
    PALETTE.iter().map(|(name, _, dark, ..)| format!("{name}:{dark};")).collect()
}

/// A style sheet for a page that follows the reader's system: light by default, dark where that is preferred.
///
/// A page with a theme switch puts [`light_variables`] and [`dark_variables`] into rules of its own.
/// `--plot-font` may be set as well; so may `--plot-surface`, to the page's own background.
pub fn theme_css() -> String {
    let (light, dark) = (light_variables(), dark_variables());
    format!(":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, relative luminance.
    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| {
            let value =
                f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                libm::pow((value + 0.055) / 1.055, 2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_and_series_stand_out_on_light_and_dark() {
        let (_, light_surface, dark_surface, ..) = PALETTE[Color::Surface as usize];
        for color in Color::SERIES.into_iter().chain([Color::Ink, Color::Muted]) {
            let (name, light, dark, ..) = PALETTE[color as usize];
            let enough = if color == Color::Sky { 3.0 } else { 4.5 };
            assert!(contrast(light, light_surface) >= enough, "{name} on light");
            assert!(contrast(dark, dark_surface) >= 4.5, "{name} on dark");
        }
    }

    #[test]
    fn every_series_colour_has_its_own_dash_and_marker() {
        for (i, a) in Color::SERIES.iter().enumerate() {
            for b in &Color::SERIES[..i] {
                assert_ne!(a.dash(), b.dash());
                assert_ne!(a.marker(), b.marker());
            }
        }
    }

    #[test]
    fn the_style_sheet_sets_every_variable_twice() {
        let css = theme_css();
        for (name, ..) in PALETTE {
            assert_eq!(css.matches(&format!("{name}:")).count(), 2);
        }
    }
}
