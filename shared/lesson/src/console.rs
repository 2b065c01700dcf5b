//! What a run says: results on stdout, errors on stderr.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write, stderr, stdout};
use std::process::ExitCode;

/// The two streams of a run. Neither need be there: whoever listens may leave, and a disk may be full.
#[derive(Debug, Default)]
pub(crate) struct Console {
    unheard: bool,
    failed: bool,
}

impl Console {
    /// Prints a line on stdout.
    pub(crate) fn say(&mut self, line: impl Display) {
        if !self.unheard {
            self.printed(writeln!(stdout(), "{line}"));
        }
    }

    /// Takes note of how printing on stdout went. After a failure, nothing more is printed.
    ///
    /// A reader who closes the pipe early (`| head`) has seen enough: the run goes on quietly, to its
    /// figures.
    pub(crate) fn printed(&mut self, outcome: io::Result<()>) {
        if let Err(error) = outcome.and_then(|()| stdout().flush()) {
            self.unheard = true;
            if error.kind() != ErrorKind::BrokenPipe {
                self.complain(format_args!("cannot print on stdout: {error}"));
            }
        }
    }

    /// Says on stderr what went wrong. If nobody hears it, the exit code still tells.
    pub(crate) fn complain(&mut self, error: impl Display) {
        self.failed = true;
        let _ = writeln!(stderr(), "error: {error}");
    }

    /// Whether anything went wrong.
    pub(crate) fn failed(&self) -> bool {
        self.failed
    }

    /// 0, or 1 when anything went wrong.
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(u8::from(self.failed))
    }
}
