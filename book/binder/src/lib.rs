//! Takes listings, output, figures and numbers from the crates and binds them into the book.
//!
//! A page of the book is Markdown with *directives*: `{{#listing nn::neuron::Neuron}}` stands for
//! the source of that type, `{{#value stuck/gd_cost}}` for a number that a test pins. This crate
//! reads sources and snapshots from disk and writes what each directive stands for; mdBook does
//! the rest. It knows none of the other crates, only where they lie.
//!
//! What cannot be found is a *fault*. All faults of a book are gathered in a report and
//! printed together, each with its page, its line and the nearest names that do exist; then the
//! build stops.
//!
//! | module | its noun |
//! |---|---|
//! | `report` | faults, and how they are told |
//! | `workspace` | where everything lies |
//! | `html` | text that is safe inside Markdown and HTML |
//! | `source` | a page as it is written, and the way from one to another |
//! | `allow` | what may stand in the book |
//! | `scan` | finds directives and formulas, and leaves code alone |
//! | `math` | formulas as MathML |
//! | `prose` | where in a page sentences run |
//! | `sound` | what mdBook would turn into something else without a word |
//! | `typed` | what a number typed by hand is |
//! | `listing` | an item's source, found by its path |
//! | `snapshot` | what a test pinned |
//! | `chapter` | a chapter's sections, in order |
//! | `pins` | what the snapshots hold: output, values, cells, figures |
//! | `number` | a pinned number in print and in a formula |
//! | `table` | a pinned table in print |
//! | `quote` | the numbers that a text quotes |
//! | `figure` | a figure, dressed for its page |
//! | `live` | the knobs of a live figure |
//! | `module` | the live figures as WebAssembly |
//! | `register` | a file of entries that people keep by hand |
//! | `exercise` | statements, hints, solutions |
//! | `claim` | the notes' claims and our verdicts |
//! | `glossary` | the field's words, and the way from a page to their meaning |
//! | `shared` | what all pages share |
//! | `reading` | how long a page takes |
//! | `map` | a chapter's opening page, and the head of a section's |
//! | `page` | one page: what each directive becomes |
//! | `book` | the whole book: claims and terms, then every page |
//! | `check` | what `cargo book check` looks at |
//!
//! Each module uses those above it, and none below.

mod allow;
mod chapter;
mod claim;
mod exercise;
mod figure;
mod glossary;
mod html;
mod listing;
mod live;
mod map;
mod math;
mod module;
mod number;
mod page;
mod pins;
mod prose;
mod quote;
mod reading;
mod register;
mod report;
mod scan;
mod shared;
mod snapshot;
mod sound;
mod source;
mod table;
mod typed;
mod workspace;

pub mod book;
pub mod check;

pub use source::Source;
pub use workspace::Workspace;
