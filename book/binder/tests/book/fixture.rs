//! A small book on disk, with one crate, one chapter and one claim.

use std::fs;
use std::path::{Path, PathBuf};

use binder::book::{Bound, bind};
use binder::{Source, Workspace};
use tempfile::TempDir;

const FILES: [(&str, &str); 15] = [
    ("book.toml", ""),
    (
        "book/en/SUMMARY.md",
        "- [Sgd](ch05_sgd/index.md)\n  - [Stuck](ch05_sgd/stuck.md)\n  - [Exercises](ch05_sgd/exercises.md)\n",
    ),
    ("book/en/ch05_sgd/index.md", "# Sgd\n\n{{#sections}}\n"),
    (
        "book/en/ch05_sgd/stuck.md",
        "# Stuck\n\n{{#figure stuck/paths}} Two paths.\n\n{{#claim needs-convex}}\n",
    ),
    (
        "book/en/ch05_sgd/exercises.md",
        "# Exercises\n\n{{#exercise momentum}}\n- One.\n- Two, with $v$.\n{{/exercise}}\n",
    ),
    (
        "book/claims.toml",
        "[[claim]]\nid = \"needs-convex\"\nnotes = \"需要凸函数\"\nlang = \"zh\"\ntranslation = \"It needs a convex function.\"\nverdict = \"fails as stated\"\nsentence = \"A slope is enough.\"\nruling = \"It ran with $\\\\eta < 1$ to {{#value ch05_sgd/stuck/gd_cost}}.\"\nevidence = [\"ch05_sgd/stuck\"]\n",
    ),
    ("shared/nn/src/lib.rs", "pub mod neuron;\n"),
    ("shared/nn/src/neuron.rs", NEURON),
    (
        "chapters/ch05_sgd/snapshots/chapter.snap",
        "---\nsource: a.rs\n---\nSgd\nstuck = Where it gets stuck\n",
    ),
    (
        "chapters/ch05_sgd/src/stuck.rs",
        "//! Batch descent, from\n//! many starts. And more.\n",
    ),
    (
        "chapters/ch05_sgd/snapshots/stuck.snap",
        "---\nsource: a.rs\n---\n[ladder]\n try  cost\n   1  0.5\n\n[summary]\nIt is stuck.\n",
    ),
    (
        "chapters/ch05_sgd/snapshots/stuck.live.snap",
        "---\nsource: x\n---\n[paths]\n| rate | rate η | slider | 0,1,0.1 | 0.2 |\n\
         | bend | bend | choice | tanh,ReLU | 1 |\n| draw | draw | pad |  |  |\n",
    ),
    (
        "chapters/ch05_sgd/snapshots/stuck.values.snap",
        "---\nsource: a.rs\n---\ngd_cost = 0.2748\nshift = -0.5\ntiny = 1.2e-7\n",
    ),
    (
        "chapters/ch05_sgd/snapshots/stuck.tables.snap",
        "---\nsource: a.rs\n---\n[ladder]\n| try | test cost | ∂C/∂w₃ |\n| 1 | 0.5 | -0.25 |\n| ∂C/∂b: 2 | 97.5 % | NaN |\n\n[starts]\n| x | y |\n| 1 | 2 |\n",
    ),
    (
        "chapters/ch05_sgd/snapshots/stuck-paths.snap.svg",
        "<svg viewBox=\"0 0 1 1\" role=\"img\"><title>Paths</title>\n\n<path d=\"M0 0\"/></svg>\n",
    ),
];

const NEURON: &str = r##"//! A neuron.

/// Weights and a bias.
///
/// It has more to say.
#[derive(Debug)]
pub struct Neuron {
    /// One per input.
    pub weights: Vec<f64>,
}

impl Neuron {
    /// The weighted sum.
    #[inline]
    #[must_use]
    pub fn sum(&self) -> f64 {
        // Every input pulls.
        self.weights.iter().sum()
    }
}

impl Default for Neuron {
    fn default() -> Self {
        Neuron { weights: Vec::new() }
    }
}

/// A rule.
pub trait Rule {
    /// One step.
    fn step(&mut self, gradient: f64) -> f64;
}

/// The number of inputs.
pub const INPUTS: usize = 3;

/// What is inside.
pub mod inner {
    /// A helper.
    pub fn help() {}
}
"##;

/// The book, in a folder that goes away with it.
pub struct Fixture {
    folder: TempDir,
}

impl Fixture {
    /// The book as above.
    pub fn new() -> Self {
        let fixture = Fixture { folder: tempfile::tempdir().unwrap() };
        for (path, text) in FILES {
            fixture.write(path, text);
        }
        let exercise = "chapters/ch05_sgd";
        let step = "pub fn step() {}\n";
        fixture.write(
            &format!("{exercise}/exercises/momentum.rs"),
            "//! # Memory\n//!\n//! Keep a velocity $v$; write [`step`].\n\npub fn step() { panic!(\"write me\") }\n",
        );
        fixture.write(
            &format!("{exercise}/solutions/momentum.rs"),
            &format!("//! # Memory\n\n{step}"),
        );
        fixture.write(&format!("{exercise}/checks/momentum.rs"), "");
        fixture
    }

    /// Writes a file, with its folders.
    pub fn write(&self, path: &str, text: &str) -> &Self {
        let file = self.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        self
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) -> &Self {
        fs::remove_file(self.path().join(path)).unwrap();
        self
    }

    /// The book's folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The book as the binder sees it.
    pub fn workspace(&self) -> Workspace {
        Workspace::new(self.path())
    }

    /// The claim's page and one more, which holds `text`, bound.
    pub fn bind(&self, text: &str) -> Bound {
        self.bind_for("", text)
    }

    /// The same for a book whose repository has the web address `repository`, unless that is empty.
    pub fn bind_for(&self, repository: &str, text: &str) -> Bound {
        let page = |path: &str, text: &str| Source {
            path: PathBuf::from(path),
            text: text.to_owned(),
        };
        let sources = [
            page("ch05_sgd/page.md", text),
            page("ch05_sgd/stuck.md", "# Stuck\n\n{{#claim needs-convex}}\n"),
        ];
        let repository = Some(repository).filter(|address| !address.is_empty());
        bind(&self.workspace(), Path::new("book/en"), repository, &sources, true)
    }

    /// What `text` becomes, if it has no fault.
    pub fn text(&self, text: &str) -> String {
        let bound = self.bind(text);
        assert!(bound.report.is_empty(), "{}", bound.report);
        bound.pages.into_iter().next().unwrap()
    }

    /// Every problem of `text`: its place, its cause and the nearest names.
    pub fn problems(&self, text: &str) -> Vec<String> {
        let bound = self.bind(text);
        let problems = bound.report.problems().iter();
        problems
            .map(|problem| {
                let fault = &problem.fault;
                let nearest = fault.nearest.join(" ");
                format!("{}:{} {} [{nearest}]", problem.file, problem.line, fault.cause)
            })
            .collect()
    }
}
