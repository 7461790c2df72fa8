//! Lists the tables, so that a new file is all that a new table needs.

use std::error::Error;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let tables = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("tables");
    println!("cargo::rerun-if-changed={}", tables.display());
    let mut list = String::from("&[\n");
    for provider in sorted(&tables)? {
        println!("cargo::rerun-if-changed={}", provider.display());
        for file in sorted(&provider)? {
            let name = |name: Option<&OsStr>| name.and_then(OsStr::to_str).map(str::to_owned);
            let names = (name(provider.file_name()), name(file.file_stem()));
            let ((Some(provider), Some(operation)), Some(file)) = (names, file.to_str()) else {
                return Err(format!("{}: not a name in UTF-8", file.display()).into());
            };
            // The literals of a text are those of its debug form.
            writeln!(
                list,
                "({provider:?}, {operation:?}, include_str!({file:?})),"
            )?;
        }
    }
    list.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("tables.rs"), list)?;
    Ok(())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}
