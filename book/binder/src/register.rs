//! A register that people keep by hand: a TOML file of entries.

use std::rc::Rc;

use serde::de::DeserializeOwned;

use crate::report::{Fault, Report};
use crate::scan::line_of;
use crate::workspace::Workspace;

/// Reads the register `file`, and its text; what is wrong with it goes to `report`, with `fields` as the
/// advice. The same fault comes back for those who need an entry.
pub fn read<T: DeserializeOwned>(
    workspace: &Workspace,
    file: &str,
    fields: &str,
    report: &mut Report,
) -> Result<(T, Rc<str>), Fault> {
    let Some(text) = workspace.read(file) else {
        let cause = format!("There is no {file}.");
        return Err(Fault::new(cause, "Write it, or restore it.").elsewhere());
    };
    match toml::from_str(&text) {
        Ok(entries) => Ok((entries, text)),
        Err(error) => {
            let line = error.span().map_or(0, |span| line_of(&text, span.start));
            let fault = Fault::new(format!("{}.", error.message()), fields).elsewhere();
            report.add(file, line, fault.clone());
            Err(fault)
        }
    }
}
