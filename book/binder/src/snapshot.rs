//! A snapshot: what a test of a chapter pinned.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::report::Fault;
use crate::sound::garbled;
use crate::workspace::{Workspace, display};

/// A pinned text.
#[derive(Debug)]
pub struct Snapshot {
    /// Its file, as messages name it.
    pub file: String,
    text: Rc<str>,
}

impl Snapshot {
    /// Reads the file `name` of what `chapter` pinned.
    pub fn read(workspace: &Workspace, chapter: &str, name: &str) -> Result<Self, Fault> {
        let path = folder(chapter).join(name);
        let file = display(&path);
        let text = workspace.read(&path).ok_or_else(|| {
            let advice = format!(
                "Pin it first: run `cargo test -p {chapter}` and accept what you read."
            );
            Fault::new(format!("There is no {file}."), advice).elsewhere()
        })?;
        match garbled(&text) {
            Some((line, fault)) => {
                let cause = format!("{file}:{line}: {}", fault.cause);
                Err(Fault { cause, ..fault.elsewhere() })
            }
            None => Ok(Snapshot { file, text }),
        }
    }

    /// The text without insta's header.
    pub fn body(&self) -> &str {
        let rest = self.text.strip_prefix("---\n");
        let body = rest.and_then(|rest| rest.split_once("\n---\n"));
        body.map_or(&self.text, |(_, body)| body)
    }
}

/// Where a chapter's snapshots lie.
pub fn folder(chapter: &str) -> PathBuf {
    Path::new("chapters").join(chapter).join("snapshots")
}
