//! What a figure asks of a panel or a diagram: how large it is, with the words around it.

use std::fmt::Debug;

use crate::{Canvas, Spot};

/// One cell of a figure's grid.
pub(crate) trait Tile: Debug + Send + Sync {
    /// Width and height of the plot in this width, on a tile of this width. `usual` is the proportion of a plot that
    /// has none of its own.
    fn plot(&self, width: f64, usual: f64, tile: f64) -> (f64, f64);

    /// How far words reach out of the plot on the left and on the right.
    fn sides(&self, room: &Room) -> (f64, f64);

    /// How far they reach out of it at the top and at the bottom.
    fn ends(&self, room: &Room) -> (f64, f64);

    fn draw(&self, room: &Room, canvas: &mut Canvas);
}

/// Where a tile stands, in units.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Room {
    /// The top left corner of the plot, and its size.
    pub corner: Spot,
    pub plot: (f64, f64),
    /// The room that the tile needs left and right of the plot, above and below it.
    pub sides: (f64, f64),
    pub ends: (f64, f64),
    /// How far words above and below the plot may reach to its left and right.
    pub reach: (f64, f64),
    /// The tile's share of the figure's width.
    pub tile: f64,
}
