//! Binds and checks a small book in a temporary folder.

mod binding;
mod checking;
mod fixture;
mod glossary;
mod soundness;
