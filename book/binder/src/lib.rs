//! Takes listings, output, figures and numbers from the crates and binds them into the book.
//!
//! A page of the book is Markdown with *directives*: `{{#listing nn::neuron::Neuron}}` stands for
//! the source of that type, `{{#value stuck/gd_cost}}` for a number that a test pins. This crate
//! reads sources and snapshots from disk and writes what each directive stands for; mdBook does
//! the rest. It knows none of the other crates, only where they lie.
//!
//! What cannot be found is a [`Fault`]. All faults of a book are gathered in a [`Report`] and
//! printed together, each with its page, its line and the nearest names that do exist; then the
//! build stops.
//!
//! | module | its noun |
//! |---|---|
//! | [`book`] | the whole book: claims and terms, then every page |
//! | [`page`] | one page: what each directive becomes |
//! | [`allow`] | what may stand in the book |
//! | [`scan`] | finds directives and formulas, and leaves code alone |
//! | [`listing`] | an item's source, found by its path |
//! | [`chapter`] | a chapter's sections, in order |
//! | [`pins`] | what the snapshots hold: output, values, figures |
//! | [`quote`] | the numbers that a text quotes |
//! | [`number`] | a pinned number in print and in a formula |
//! | [`math`] | formulas as MathML |
//! | [`claim`] | the notes' claims and our verdicts |
//! | [`glossary`] | the field's words, and the way from a page to their meaning |
//! | [`prose`] | where in a page sentences run |
//! | [`reading`] | how long a page takes |
//! | [`map`] | a chapter's opening page, and the head of a section's |
//! | [`exercise`] | statements, hints, solutions |
//! | [`figure`] | a figure, dressed for its page |
//! | [`html`] | text that is safe inside Markdown and HTML |
//! | [`workspace`] | where everything lies |
//! | [`report`] | faults, and how they are told |
//! | [`sound`] | what mdBook would turn into something else without a word |
//! | [`typed`] | what a number typed by hand is |
//! | [`check`] | what `cargo book check` looks at |

pub mod allow;
pub mod book;
pub mod chapter;
pub mod check;

pub mod claim;
pub mod exercise;
pub mod figure;
pub mod glossary;
pub mod html;
pub mod listing;
pub mod map;
pub mod math;

pub mod number;
pub mod page;
pub mod pins;
pub mod prose;
pub mod quote;
pub mod reading;
pub mod report;
pub mod scan;
pub mod snapshot;
pub mod sound;
pub mod typed;
pub mod workspace;

pub use report::{Fault, Report};
pub use workspace::Workspace;
