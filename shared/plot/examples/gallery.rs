//! All pinned figures of the chapters, each on a light and on a dark page: `cargo run -p plot --example gallery`,
//! then open `target/gallery/index.html`.

use std::fs;
use std::io::Result;
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let mut page = format!(
        "<!doctype html><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>Gallery</title>\n\
         <style>body{{margin:0;display:grid;grid-template-columns:1fr 1fr;font-family:sans-serif}}\
         h2{{grid-column:1/-1;margin:16px 24px 0}}div{{padding:24px}}\
         .light{{{}background:#fff}}.dark{{{}background:#16181d}}</style>\n",
        plot::light_variables(),
        plot::dark_variables(),
    );
    for chapter in entries(&root.join("chapters"))? {
        for file in entries(&chapter.join("snapshots"))? {
            if file.extension().is_some_and(|extension| extension == "svg") {
                let name = file.strip_prefix(root.join("chapters")).unwrap_or(&file);
                let svg = fs::read_to_string(&file)?;
                page += &format!("<h2>{}</h2>\n", name.display());
                page += &format!("<div class=light>{svg}</div>\n");
                page += &format!("<div class=dark>{svg}</div>\n");
            }
        }
    }
    let folder = root.join("target/gallery");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("index.html"), page)?;
    println!("{}", folder.join("index.html").display());
    Ok(())
}

/// What lies in a folder, by name.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut paths = entries.collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
