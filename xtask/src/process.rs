//! Child processes: cargo, other tools, and the workbench.

use std::env;
use std::ffi::OsStr;
use std::fmt::Display;
use std::io::IsTerminal;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use crate::failure::{Done, Failure};
use crate::workspace::root;

/// How a line begins that says what a command left out.
pub const SKIPPED: &str = "skipped: ";

/// Returns whether CI runs this. There a missing tool is a failure.
pub fn in_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// Reports what was left out, so that `ci` can repeat it at its end.
#[expect(clippy::print_stdout, reason = "`ci` reads it there")]
pub fn skip(what: impl Display) {
    println!("{SKIPPED}{what}");
}

/// Cargo in the root folder.
pub fn cargo<I, S>(arguments: I) -> Command
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// Runs a command to its end, with its output shown.
///
/// # Errors
///
/// Broken when it fails, could not run when it cannot be started.
#[expect(clippy::print_stdout, reason = "people see what runs")]
pub fn run(command: &mut Command) -> Done {
    let line = line_of(command);
    println!("$ {line}");
    let status = start(command.stdin(Stdio::null()), &line)?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::broken(format!("`{line}` failed: {status}")))
    }
}

fn start(command: &mut Command, line: &str) -> Result<ExitStatus, String> {
    command
        .status()
        .map_err(|error| format!("`{line}` cannot be run: {error}"))
}

/// Runs a command and returns what it prints.
///
/// # Errors
///
/// A message when the command cannot be started or fails, or its output is not text.
pub fn output(command: &mut Command) -> Result<String, String> {
    let line = line_of(command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("`{line}` cannot be run: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{line}` failed: {}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("`{line}` printed something besides text"))
}

fn line_of(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_stem()
        .unwrap_or_default();
    std::iter::once(program)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns whether a command can be started and succeeds. Shows nothing.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Returns whether a program can be started at all.
pub fn is_installed(program: &str) -> bool {
    succeeds(Command::new(program).arg("--version"))
}

/// Builds programs of the workspace with the features of `cargo test --workspace`, so that neither
/// builds anything that the other has built.
///
/// Cargo joins the features of all packages, those of their tests included, when it is asked for
/// the whole workspace and for a target that takes test dependencies. Tests and examples do.
///
/// # Errors
///
/// Could not run, when cargo reports an error.
pub fn build_shared(targets: &[&str]) -> Done {
    let mut command = cargo(["build", "--workspace"]);
    command.args(targets);
    // The first build takes a while, and silence would look like a hang.
    if !std::io::stderr().is_terminal() {
        command.arg("--quiet");
    }
    let line = line_of(&command);
    let status = start(&mut command, &line)?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::CouldNotRun(format!("`{line}` failed: {status}")))
    }
}

/// Builds the workbench and runs one of its commands. Standard input, output and the exit status are
/// the workbench's.
///
/// # Errors
///
/// Could not run, when the workbench cannot be built or started or was ended by a signal.
pub fn workbench(command: &str, arguments: &[String]) -> Result<u8, Failure> {
    build_shared(&["--bin", "workbench", "--test", "workbench"])?;
    let program = beside(&format!("workbench{}", env::consts::EXE_SUFFIX))?;
    exit_status_of(Command::new(program).arg(command).args(arguments))
}

/// Runs a program as this one's own continuation, and returns its exit status.
///
/// # Errors
///
/// Could not run, when it cannot be started or was ended by a signal.
pub fn exit_status_of(command: &mut Command) -> Result<u8, Failure> {
    let line = line_of(command);
    let status = start(command, &line)?;
    status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .ok_or_else(|| Failure::CouldNotRun(format!("`{line}` ended: {status}")))
}

/// Returns a file beside this program, in the folder that cargo builds into.
///
/// # Errors
///
/// A message, when this program's own path is not known.
pub fn beside(file: &str) -> Result<std::path::PathBuf, String> {
    let here = env::current_exe().map_err(|error| format!("this program's path: {error}"))?;
    let folder = here.parent().ok_or("this program is not in a folder")?;
    Ok(folder.join(file))
}
