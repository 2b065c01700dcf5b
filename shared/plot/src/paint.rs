//! How a shape looks.

use crate::color::{Color, Dash};
use crate::svg::SCALE;

/// Which part of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// The text begins there.
    Start,
    /// The text is centred there.
    Middle,
    /// The text ends there.
    End,
}

/// Fill, stroke and lettering of one shape.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paint {
    pub fill: Option<(Color, f64)>,
    pub stroke: Option<(Color, f64)>,
    pub width: f64,
    pub dash: Dash,
    /// No smoothing at edges: cells that touch show no seam.
    pub crisp: bool,
    pub text: Option<Lettering>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lettering {
    pub size: f64,
    pub bold: bool,
    pub align: Align,
}

impl Paint {
    pub fn fill(color: Color, opacity: f64) -> Self {
        Self {
            fill: Some((color, opacity)),
            stroke: None,
            width: 0.0,
            dash: Dash::Solid,
            crisp: false,
            text: None,
        }
    }

    pub fn stroke(color: Color, width: f64) -> Self {
        Self {
            fill: None,
            stroke: Some((color, 1.0)),
            width,
            dash: Dash::Solid,
            crisp: false,
            text: None,
        }
    }

    /// Lettering with a halo in the surface colour, so that it can be read across lines.
    pub fn text(color: Color, size: f64, align: Align) -> Self {
        let text = Some(Lettering { size, bold: false, align });
        Self { text, ..Self::fill(color, 1.0).outlined(Color::Surface, 4.5) }
    }

    /// Lettering on top of a fill, where a halo would look like a stain.
    pub fn bare_text(color: Color, size: f64, align: Align) -> Self {
        Self {
            text: Some(Lettering { size, bold: false, align }),
            ..Self::fill(color, 1.0)
        }
    }

    pub fn outlined(self, color: Color, width: f64) -> Self {
        Self { stroke: Some((color, 1.0)), width, ..self }
    }

    pub fn faded(self, opacity: f64) -> Self {
        Self { stroke: self.stroke.map(|(color, _)| (color, opacity)), ..self }
    }

    pub fn dashed(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }

    pub fn crisp(self) -> Self {
        Self { crisp: true, ..self }
    }

    pub fn bold(self) -> Self {
        Self { text: self.text.map(|text| Lettering { bold: true, ..text }), ..self }
    }

    /// The attribute for the fill's opacity. It is apart from the others, so that shades of one colour can share a group.
    pub fn opacity(&self) -> String {
        match self.fill {
            Some((_, opacity)) if opacity < 1.0 => {
                format!(" fill-opacity=\"{opacity:.2}\"")
            }
            _ => String::new(),
        }
    }

    /// All other SVG attributes, each with a space before it.
    pub fn attributes(&self) -> String {
        let length = |value: f64| format!("{}", (value * SCALE).round());
        let mut out = String::new();
        let mut put =
            |name: &str, value: &str| out.push_str(&format!(" {name}=\"{value}\""));
        match self.fill {
            None => put("fill", "none"),
            Some((color, _)) => put("fill", &color.css()),
        }
        if let Some((color, opacity)) = self.stroke {
            put("stroke", &color.css());
            put("stroke-width", &length(self.width));
            if opacity < 1.0 {
                put("stroke-opacity", &format!("{opacity:.2}"));
            }
            let pattern: &[f64] = match self.dash {
                Dash::Solid => &[],
                Dash::Dashed => &[8.0, 5.0],
                Dash::Dotted => &[0.1, 5.0],
                Dash::DashDot => &[10.0, 5.0, 0.1, 5.0],
                Dash::Long => &[16.0, 6.0],
                Dash::Short => &[4.0, 4.0],
            };
            if !pattern.is_empty() {
                put(
                    "stroke-dasharray",
                    &pattern
                        .iter()
                        .map(|&part| length(part))
                        .collect::<Vec<_>>()
                        .join(" "),
                );
            }
            if matches!(self.dash, Dash::Solid | Dash::Dotted | Dash::DashDot)
                && self.text.is_none()
            {
                put("stroke-linecap", "round");
            }
        }
        if self.crisp {
            put("shape-rendering", "crispEdges");
        }
        if let Some(text) = self.text {
            put("font-size", &length(text.size));
            if text.bold {
                put("font-weight", "700");
            }
            match text.align {
                Align::Start => {}
                Align::Middle => put("text-anchor", "middle"),
                Align::End => put("text-anchor", "end"),
            }
            if self.stroke.is_some() {
                put("paint-order", "stroke");
            }
        }
        out
    }
}
