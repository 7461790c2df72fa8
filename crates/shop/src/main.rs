//! The program: reads its settings, and serves the shop until it is told to end.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program speaks"
)]

use std::process::ExitCode;
use std::time::Duration;

use kervan_shop::{Outside, Settings, USAGE, start};

fn main() -> ExitCode {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("kervan-shop: {error}");
            return ExitCode::from(2);
        }
    };
    let code = runtime.block_on(run());
    // A task that waits for a database on its thread would keep the program.
    runtime.shutdown_timeout(Duration::from_secs(1));
    code
}

async fn run() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        None => {}
        Some("--help" | "-h") => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Some(other) => {
            eprintln!("kervan-shop: `{other}` is not understood; --help shows the settings");
            return ExitCode::from(2);
        }
    }
    let settings = Settings::read(|name| std::env::var(name).ok());
    let settings = match settings {
        Ok(settings) => settings,
        Err(wrong) => {
            eprintln!("kervan-shop: {wrong}");
            return ExitCode::from(2);
        }
    };
    let started = match Outside::machine() {
        Ok(outside) => start(&settings, outside).await,
        Err(error) => Err(error),
    };
    match started {
        Ok(running) => {
            println!("shop  {}", running.address());
            println!("desk  {}/desk", running.address());
            running.until_told_to_end().await;
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("kervan-shop: {error}");
            ExitCode::from(2)
        }
    }
}
