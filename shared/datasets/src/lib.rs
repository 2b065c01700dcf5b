//! The data of the book, and readers for data of your own.
//!
//! Everything comes as [`nn::Examples`]: a row of inputs and a row of targets each. What
//! is made by a rule takes a random number generator, so that one seed gives one set of
//! data, on every machine.
//!
//! | function | rows | inputs → targets |
//! |---|---|---|
//! | [`students()`] | 8 | study hours, sleep hours, quiz % → exam % |
//! | [`property()`] | any | area, bedrooms, distance, age → price, by a rule that we know |
//! | [`digits()`] | 1,797 | 64 pixels from 0 to 1 → ten classes; real handwriting |
//! | [`moons()`] | any | two coordinates → 0 or 1 |
//! | [`spiral()`] | any | two coordinates → as many classes as arms |
//! | [`xor()`] | 4 | two bits → one bit |
//!
//! [`DigitReader`] is the network that reads the digits throughout the book, with its data and its seeds.
//! [`Scaling`] brings columns to a common size, [`labels`] and [`one_hot`] go between
//! class numbers and targets. [`csv`] and [`idx`] read text and bytes, wherever those
//! come from; `files` fetches them from disk, and is left out where there is none (wasm).
//! What is neither, such as an archive or a web page, [`content`] calls by its name.
//! [`table`] reads what people have: named columns of numbers and words, with gaps, such as [`penguins()`].
//!
//! ```
//! use nn::seeded;
//!
//! let (train, test) = datasets::digits().split(1_437, &mut seeded(6));
//! assert_eq!((train.rows(), test.rows()), (1_437, 360));
//! ```

mod bounds;
pub mod column;
pub mod content;
pub mod csv;
pub mod digits;
pub mod files;
pub mod idx;
pub mod label;
pub mod moons;
pub mod penguins;
pub mod property;
pub mod reader;
pub mod scaling;
pub mod spiral;
pub mod students;
pub mod table;
pub mod xor;

pub use column::Column;
pub use digits::digits;
pub use label::{labels, one_hot};
pub use moons::moons;
pub use penguins::penguins;
pub use property::property;
pub use reader::DigitReader;
pub use scaling::Scaling;
pub use spiral::spiral;
pub use students::students;
pub use table::Table;
pub use xor::xor;
