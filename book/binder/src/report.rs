//! Faults, and how they are told: the page and line, the cause, the nearest names, what to do next.

use std::fmt;

/// Something that cannot be resolved, not yet tied to a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, in one sentence.
    pub cause: String,
    /// Names that do exist and look most like the one that was asked for.
    pub nearest: Vec<String>,
    /// What to do next, in one sentence.
    pub advice: String,
    /// Whether it lies in another file, so that every place which needs that file meets it.
    pub is_elsewhere: bool,
}

impl Fault {
    /// A fault with its cause and what to do about it.
    pub fn new(cause: impl Into<String>, advice: impl Into<String>) -> Self {
        Fault {
            cause: cause.into(),
            nearest: Vec::new(),
            advice: advice.into(),
            is_elsewhere: false,
        }
    }

    /// The same fault, which lies in another file and is told only at the first place that meets it.
    pub fn elsewhere(self) -> Self {
        Fault { is_elsewhere: true, ..self }
    }

    /// The same fault, with those of `names` that look most like `wanted`.
    pub fn near(mut self, wanted: &str, names: impl IntoIterator<Item = String>) -> Self {
        self.nearest = nearest(wanted, names);
        self
    }
}

/// A fault at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, as seen from the repository's root.
    pub file: String,
    /// The line, counted from one; zero stands for the whole file.
    pub line: usize,
    /// What is wrong there.
    pub fault: Fault,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => writeln!(out, "{}", self.file)?,
            line => writeln!(out, "{}:{line}", self.file)?,
        }
        writeln!(out, "  {}", self.fault.cause)?;
        if !self.fault.nearest.is_empty() {
            let names: Vec<_> =
                self.fault.nearest.iter().map(|name| format!("`{name}`")).collect();
            writeln!(out, "  Nearest: {}.", names.join(", "))?;
        }
        writeln!(out, "  {}", self.fault.advice)
    }
}

/// All problems found so far.
#[derive(Debug, Default)]
pub struct Report {
    problems: Vec<Problem>,
}

impl Report {
    /// Notes a fault at its place, after those of the same file that stand above it.
    pub fn add(&mut self, file: &str, line: usize, fault: Fault) {
        let problem = Problem { file: file.to_owned(), line, fault };
        let is_same = |known: &Problem| match problem.fault.is_elsewhere {
            true => known.fault == problem.fault,
            false => *known == problem,
        };
        if self.problems.iter().any(is_same) {
            return;
        }
        let below = |known: &Problem| known.file == problem.file && known.line > line;
        let at = self.problems.iter().position(below).unwrap_or(self.problems.len());
        self.problems.insert(at, problem);
    }

    /// The problems, file by file in the order of their lines.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            writeln!(out, "{problem}")?;
        }
        match self.problems.len() {
            1 => write!(out, "1 problem."),
            count => write!(out, "{count} problems."),
        }
    }
}

/// Up to three of `names` that look like `wanted`, the most similar first.
fn nearest(wanted: &str, names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut scored: Vec<(usize, String)> = names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(wanted, &name), name))
        .filter(|(distance, name)| *distance <= wanted.len().max(name.len()) / 2)
        .collect();
    scored.sort();
    scored.dedup();
    scored.into_iter().take(3).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_most_similar_name_comes_first() {
        let found = nearest("gd_cots", names(&["sgd_cost", "gd_cost", "rate"]));
        assert_eq!(found, names(&["gd_cost", "sgd_cost"]));
    }

    #[test]
    fn a_name_that_resembles_nothing_has_no_neighbours() {
        assert!(nearest("zebra", names(&["gd_cost", "rate"])).is_empty());
    }

    #[test]
    fn a_problem_names_place_cause_neighbours_and_advice() {
        let fault = Fault::new("There is no value `gd_cots`.", "Correct the name.")
            .near("gd_cots", names(&["gd_cost"]));
        let mut report = Report::default();
        report.add("book/en/a.md", 12, fault);
        assert_eq!(
            report.to_string(),
            "book/en/a.md:12\n  There is no value `gd_cots`.\n  Nearest: `gd_cost`.\n  \
             Correct the name.\n\n1 problem."
        );
    }

    #[test]
    fn a_fault_that_lies_elsewhere_is_told_at_the_first_place_that_meets_it() {
        let mut report = Report::default();
        report.add("a.md", 4, Fault::new("x", "y").elsewhere());
        report.add("a.md", 1, Fault::new("x", "y").elsewhere());
        report.add("b.md", 1, Fault::new("x", "y"));
        let places: Vec<_> =
            report.problems().iter().map(|p| (&p.file[..], p.line)).collect();
        assert_eq!(places, [("a.md", 4), ("b.md", 1)]);
    }

    #[test]
    fn the_same_problem_is_told_once() {
        let mut report = Report::default();
        report.add("a.md", 1, Fault::new("x", "y"));
        report.add("a.md", 1, Fault::new("x", "y"));
        assert_eq!(report.problems().len(), 1);
    }
}
