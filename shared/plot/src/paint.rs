//! How a shape looks.

use crate::{Color, Dash, svg::SCALE, text::SIZE};

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

/// Fill, stroke and lettering of one shape: colours with their opacity, lengths in figure units.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Paint {
    fill: Option<(Color, f64)>,
    stroke: Option<(Color, f64)>,
    width: f64,
    dash: Dash,
    /// No smoothing at edges: cells that touch show no seam.
    crisp: bool,
    text: Option<Lettering>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Lettering {
    size: f64,
    bold: bool,
    align: Align,
}

impl Paint {
    pub fn fill(color: Color, opacity: f64) -> Self {
        Self { fill: Some((color, opacity)), ..Self::default() }
    }

    pub fn stroke(color: Color, width: f64) -> Self {
        Self::default().outlined(color, width)
    }

    /// Lettering of the usual size on top of a fill, where a halo would look like a stain.
    pub fn words(color: Color, align: Align) -> Self {
        let text = Some(Lettering { size: SIZE, bold: false, align });
        Self { text, ..Self::fill(color, 1.0) }
    }

    /// Lettering with a halo in the surface colour, so that it can be read across lines.
    pub fn haloed_words(color: Color, align: Align) -> Self {
        Self::words(color, align).outlined(Color::Surface, 4.5)
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

    pub fn sized(self, size: f64) -> Self {
        Self { text: self.text.map(|text| Lettering { size, ..text }), ..self }
    }

    /// How high its lettering is.
    pub fn size(&self) -> f64 {
        self.text.map_or(SIZE, |text| text.size)
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
        put("fill", &self.fill.map_or("none".to_owned(), |(color, _)| color.css()));
        if let Some((color, opacity)) = self.stroke {
            put("stroke", &color.css());
            put("stroke-width", &length(self.width));
            if opacity < 1.0 {
                put("stroke-opacity", &format!("{opacity:.2}"));
            }
            let (pattern, cap) = self.dash.pattern();
            if !pattern.is_empty() {
                let pattern: Vec<_> = pattern.iter().map(|part| length(*part)).collect();
                put("stroke-dasharray", &pattern.join(" "));
            }
            if cap && self.text.is_none() {
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
