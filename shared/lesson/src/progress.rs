//! A progress bar, where there is a terminal.

/// A progress bar.
#[derive(Debug)]
pub struct Progress(#[cfg(not(target_family = "wasm"))] indicatif::ProgressBar);

#[cfg(not(target_family = "wasm"))]
impl Progress {
    pub(crate) fn new(what: &'static str, steps: usize, shows: bool) -> Progress {
        use indicatif::{ProgressBar, ProgressStyle};
        if !shows {
            return Progress(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("{prefix} {bar:30} {pos}/{len} {msg}");
        let bar = ProgressBar::new(steps as u64)
            .with_style(style.expect("the template is well formed"))
            .with_prefix(what);
        Progress(bar)
    }

    /// One step further.
    pub fn step(&self) {
        self.0.inc(1);
    }

    /// One step further, and what has been reached by it: `94.8 %`.
    pub fn step_to(&self, reached: impl Into<String>) {
        self.0.set_message(reached.into());
        self.step();
    }
}

#[cfg(not(target_family = "wasm"))]
impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// In a page of the book there is no terminal.
#[cfg(target_family = "wasm")]
impl Progress {
    pub(crate) fn new(_: &'static str, _: usize, _: bool) -> Progress {
        Progress()
    }

    /// One step further.
    pub fn step(&self) {}

    /// One step further, and what has been reached by it: `94.8 %`.
    pub fn step_to(&self, _: impl Into<String>) {}
}
