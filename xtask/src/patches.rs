//! The patches that put known faults back into the code, to prove that the stories find them.

use std::process::{Command, Stdio};

use xtask::failure::Done;
use xtask::findings::Findings;
use xtask::workspace::{files, has_extension, read, root};

const FOLDER: &str = "crates/stories/patches/";
/// How a line of the head begins that names a write.
const FINDS: &str = "Finds: ";

/// A patch: a fault, and the writes that have to find it.
pub(crate) struct Patch {
    /// The file's name without its ending.
    pub(crate) name: String,
    /// The file, from the root.
    pub(crate) path: String,
    /// The names of the writes.
    pub(crate) finds: Vec<String>,
    /// The files that it changes, from the root.
    pub(crate) files: Vec<String>,
}

impl Patch {
    fn parse(path: &str, text: &str) -> Self {
        let name = path.strip_prefix(FOLDER).unwrap_or(path);
        let name = name.strip_suffix(".patch").unwrap_or(name);
        let after = |prefix: &str| {
            let lines = text.lines().filter_map(|line| line.strip_prefix(prefix));
            lines.map(|rest| rest.trim().to_owned()).collect()
        };
        Self {
            name: name.to_owned(),
            path: path.to_owned(),
            finds: after(FINDS),
            files: after("+++ b/"),
        }
    }

    /// Returns the command that applies it below a folder of the workspace; empty for the workspace itself.
    pub(crate) fn apply(&self, folder: &str) -> Command {
        let mut command = Command::new("git");
        command.arg("apply").current_dir(root());
        command.arg(format!("--directory={folder}")).arg(&self.path);
        command
    }

    /// Returns why it does not apply to the workspace as it is.
    fn mistake(&self) -> Result<Option<String>, String> {
        let mut command = self.apply("");
        let command = command.arg("--check").stdin(Stdio::null());
        let output = command.output();
        let output = output.map_err(|error| format!("`git apply` cannot be run: {error}"))?;
        let said = String::from_utf8_lossy(&output.stderr);
        let why = said.lines().next().unwrap_or_default().to_owned();
        Ok((!output.status.success()).then_some(why))
    }
}

/// All patches, by name.
///
/// # Errors
///
/// A message when one cannot be read.
pub(crate) fn all() -> Result<Vec<Patch>, String> {
    let paths = files()?.into_iter();
    let paths = paths.filter(|path| path.starts_with(FOLDER) && has_extension(path, "patch"));
    paths
        .map(|path| Ok(Patch::parse(&path, &read(&path)?)))
        .collect()
}

/// Finds patches that no longer apply, and those whose writes have no stories.
pub(crate) fn check(sources: &str, findings: &mut Findings) -> Done {
    for patch in all()? {
        if let Some(why) = patch.mistake()? {
            findings.add(&patch.path, 1, format!("does not apply: {why}"));
        }
        if patch.finds.is_empty() {
            let message = format!("no line `{FINDS}` names a write");
            findings.add(&patch.path, 1, message);
        }
        let unknown = |write: &&String| !sources.contains(&format!("\"{write}\""));
        for write in patch.finds.iter().filter(unknown) {
            findings.add(&patch.path, 1, format!("no story is named `{write}`"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_head_and_the_files() {
        let text = "W1: a fault.\nFinds: a one\nFinds: a two (part)\n\n\
                    diff --git a/x/y.rs b/x/y.rs\n--- a/x/y.rs\n+++ b/x/y.rs\n";
        let patch = Patch::parse("crates/stories/patches/w1-fault.patch", text);
        assert_eq!(patch.name, "w1-fault");
        assert_eq!(patch.finds, ["a one", "a two (part)"]);
        assert_eq!(patch.files, ["x/y.rs"]);
    }

    #[test]
    fn a_patch_of_code_that_is_gone_is_a_finding() {
        let mut patch = Patch::parse("crates/stories/patches/gone.patch", "");
        assert!(patch.mistake().unwrap().is_some());
        patch.path = all().unwrap().swap_remove(0).path;
        assert_eq!(patch.mistake(), Ok(None));
    }
}
