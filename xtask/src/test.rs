//! `test`: the tests of everything, of each published crate by itself, or optimised at full length.

use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::process::{cargo, run as run_command};
use xtask::workspace::{Package, drop_uncompilable, packages, root};

/// The package whose features are the kinds of TLS.
const TRANSPORT: &str = "kervan-reqwest";

/// `cargo test --workspace` joins the features that the crates ask of each other. `--alone` runs what
/// that leaves out: each published crate as a program gets it that turns every feature off. `--long`
/// runs the optimised code, whose tests read bodies of the greatest length.
///
/// `--alone` also builds the clients with the transport and without TLS, for the tests of an https address
/// that cannot be called, and the transport with each kind of TLS alone, for its handshakes.
pub(crate) fn run(mut args: Args) -> Done {
    let alone = args.switch("--alone");
    let only = args.value("--package")?;
    let long = args.switch("--long");
    args.finish()?;
    if long {
        return run_command(&mut cargo(["test", "--workspace", "--release"]));
    }
    if !alone {
        return run_command(&mut cargo(["test", "--workspace"]));
    }
    let mut failed = Vec::new();
    let is_chosen = |name: &str| only.as_deref().is_none_or(|only| only == name);
    let packages = packages()?;
    let published = packages.iter().filter(|package| package.is_published);
    for package in published.filter(|package| is_chosen(&package.name)) {
        let mut command = cargo(["test", "--package", &package.name, "--no-default-features"]);
        failed.extend(run_command(&mut command).err());
        if let Some(features) = without_tls(package) {
            let mut command = cargo(["test", "--package", &package.name, "--no-default-features"]);
            command.args(["--features", &features, "--test", "it", "tls::"]);
            failed.extend(run_command(&mut command).err());
        }
        if package.name == TRANSPORT {
            for features in tls_alone(package) {
                let mut command = cargo(["test", "--package", TRANSPORT, "--no-default-features"]);
                failed.extend(run_command(command.args(["--features", &features])).err());
            }
        }
    }
    Failure::join(&failed)
}

/// Returns the features of TLS that can be compiled here: each alone.
fn tls_alone(package: &Package) -> Vec<String> {
    let mut features = package.features.clone();
    features.retain(|feature| is_tls(feature));
    drop_uncompilable(&mut features);
    features
}

fn is_tls(feature: &str) -> bool {
    feature == "native-tls" || feature.starts_with("rustls")
}

/// All features but those of TLS, for a package that tests what becomes of https without them.
fn without_tls(package: &Package) -> Option<String> {
    let tests = package.manifest.replace("Cargo.toml", "tests/it/tls.rs");
    if !root().join(tests).is_file() {
        return None;
    }
    let features = package.features.iter().map(String::as_str);
    let kept: Vec<_> = features.filter(|feature| !is_tls(feature)).collect();
    Some(kept.join(","))
}
