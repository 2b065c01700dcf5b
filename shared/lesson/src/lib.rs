//! How a chapter speaks: it prints, draws and names its numbers, and all of it can be pinned.
//!
//! A [`Chapter`] is a list of sections. A section is a function that gets a [`Page`] and fills it with
//! text, tables, figures and named values. The same page is printed in the terminal, written to one
//! HTML file, compared with the snapshots by [`pin!`], and quoted by the book.
//!
//! ```
//! use lesson::Chapter;
//!
//! mod halving {
//!     pub mod shown {
//!         pub fn run(page: &mut lesson::Page) -> lesson::Result {
//!             let left = 1.0 / 1024.0;
//!             page.text("ten_times", "Halve a number ten times and a thousandth of it is left.");
//!             page.value("left", lesson::significant(left, 4));
//!             Ok(())
//!         }
//!     }
//! }
//!
//! let sections = lesson::sections! { halving: "Ten times" };
//! let chapter = Chapter::new("ch00_example", "Halving", sections);
//! assert_eq!(chapter.page("halving")?.values_pinned(), "left = 0.0009766\n");
//! # Ok::<(), lesson::Error>(())
//! ```

// The runner is left out there, and with it what only the runner asks for.
#![cfg_attr(target_family = "wasm", allow(dead_code))]

mod chapter;
#[cfg(not(target_family = "wasm"))]
mod command;
#[cfg(not(target_family = "wasm"))]
mod console;
#[cfg(not(target_family = "wasm"))]
mod folder;
#[cfg(not(target_family = "wasm"))]
mod html;
mod live;
mod number;
mod page;
#[cfg(not(target_family = "wasm"))]
pub mod pinning;
mod progress;
mod spread;
mod table;

pub use chapter::{Chapter, Error, Section};
#[cfg(not(target_family = "wasm"))]
pub use command::main;
pub use live::{Kind, Knob, Knobs, Live, Resumed};
pub use number::{count, fixed, percent, significant};
pub use page::Page;
pub use progress::Progress;
pub use spread::{Spread, standard_error};
pub use table::{Row, Table};

/// What a section returns: nothing, or whatever went wrong.
pub type Result<T = ()> =
    std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
