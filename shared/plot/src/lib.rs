//! Figures in one house style: SVG that is right on a light page, on a dark page, and when it is opened alone.
//!
//! A [`Figure`] is a grid of [`Panel`]s and [`Diagram`]s. A panel has two [`Axis`]es and draws *marks* in
//! the order in which it gets them:
//!
//! | mark | shows |
//! |---|---|
//! | [`Line`] | a curve, labelled at its end; the middle of many runs over the band that holds them |
//! | [`Band`] | from–to around a curve |
//! | [`Points`] | single observations |
//! | [`Path`] | the steps of a descent, with arrows |
//! | [`Rule`] | a straight line: a threshold, a decision line, a diagonal |
//! | [`Bars`] | heights, histograms |
//! | [`Regions`], [`Contours`] | a function of the plane, sampled as a [`Field`] |
//! | [`HeatMap`] | a table of values as shades, with or without the numbers |
//! | [`Picture`] | a small grey image, such as a digit |
//! | [`Note`] | a few words at a place |
//!
//! ```
//! use plot::{Axis, Figure, Line, Panel};
//!
//! let relu = Line::function(-3.0..=3.0, |z| z.max(0.0)).label("ReLU");
//! let svg = Figure::new("ReLU", "Zero for negative sums, then a straight line of slope 1.")
//!     .panel(Panel::new().x(Axis::new("weighted sum z")).y(Axis::new("output")).draw(relu))
//!     .svg();
//! assert!(svg.starts_with("<svg"));
//! ```
//!
//! What to know before drawing:
//!
//! - **Colour follows order.** Marks without a colour take [`Color::SERIES`] in turn. Each colour brings its
//!   own dash and marker, so that a figure can also be read in grey.
//! - **Missing values are gaps.** NaN, ±∞, and on a logarithmic axis anything that is not positive, cannot
//!   be placed: a line breaks there, a point or a bar is left out. Nothing of it reaches the SVG.
//! - **Every finite value has a figure**, from the smallest number to the largest.
//! - **Programmers' errors panic**, with a message that says what was expected: a range that is endless, reversed or empty,
//!   one that is not positive on a logarithmic axis, equal scales on a logarithmic axis, a grid whose size does not fit,
//!   lists that do not match.
//! - **Words keep apart.** Long names are wrapped, labels move to where there is room, and the plot or the figure grows;
//!   what still has no room is left out.
//! - **Size.** A figure is 560 units wide and text is 18.7 units high: 13 px on a phone that
//!   shows the figure 390 px wide. With tick labels, two columns fit well and three if the ticks are short;
//!   without axes five or six columns do. [`Figure::svg`] thins marks until the file is below 40 kB, unless
//!   its words, cells or diagrams alone weigh more.
//! - **Same input, same bytes**, on every machine.
//!
//! [`theme_css`] has the variables that a page sets to switch between light and dark.

mod area;
mod axis;
mod band;
mod bars;
mod canvas;
mod color;
mod contours;
mod cover;
mod decimal;
mod diagram;
mod field;
mod figure;
mod frame;
mod heat_map;
mod label;
mod line;
mod mark;
mod note;
mod paint;
mod panel;
mod path;
mod picture;
mod points;
mod polyline;
mod range;
mod regions;
mod rule;
mod svg;
mod text;
mod tick;
mod tile;

pub use axis::Axis;
pub use band::Band;
pub use bars::Bars;
pub use color::{Color, Dash, Marker, dark_variables, light_variables, theme_css};
pub use contours::Contours;
pub use diagram::{Diagram, Node, NodeId, Wire};
pub use field::Field;
pub use figure::Figure;
pub use heat_map::HeatMap;
pub use line::Line;
pub use note::Note;
pub use paint::Align;
pub use panel::Panel;
pub use path::Path;
pub use picture::Picture;
pub use points::Points;
pub use regions::Regions;
pub use rule::Rule;

// What the marks and the figure are made of.
use area::Area;
use axis::Scale;
use canvas::Canvas;
use frame::Frame;
use label::{Label, Place};
use mark::{KeyEntry, Look, Mark, Sample, choices};
use paint::Paint;
use polyline::Spot;
use range::{Fit, Range};
use tick::Tick;
use tile::{Room, Tile};
