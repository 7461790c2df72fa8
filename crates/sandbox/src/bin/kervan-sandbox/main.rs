//! The sandbox as a program: it listens, says where, and answers until it is told to end.

mod options;
mod texts;
mod trouble;

use std::process::ExitCode;

use kervan_sandbox::Clock;
use kervan_sandbox::server::{DEFAULT_WORLD, Guard, Running, Server, now};
use kervan_sandbox::world::{PROVIDERS, WorldFile};

use options::{Asked, Options};
use texts::Language;
use trouble::Trouble;

/// It could not begin, or a flag is not understood.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let language = Language::of_environment();
    let asked = match options::read(std::env::args_os().skip(1), language) {
        Ok(asked) => asked,
        Err((language, trouble)) => return fail(language, &trouble),
    };
    match asked {
        Asked::Help(language) => {
            print(texts::help(language));
            ExitCode::SUCCESS
        }
        Asked::Version => {
            print(concat!("kervan-sandbox ", env!("CARGO_PKG_VERSION"), "\n"));
            ExitCode::SUCCESS
        }
        Asked::Run(options) => match run(&options) {
            Ok(()) => ExitCode::SUCCESS,
            Err(trouble) => fail(options.language, &trouble),
        },
    }
}

fn run(options: &Options) -> Result<(), Trouble> {
    let file = options.world_file.as_deref().map(read_file).transpose()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Trouble::System(error.to_string()))?;
    let done = runtime.block_on(async {
        let running = start(options, file.as_ref()).await?;
        if !options.address.ip().is_loopback() {
            let warning = texts::open_to_the_network(options.language, options.address);
            tell(&warning);
        }
        // Before the first line, because a script may end the program as soon as it has read it.
        let end = end();
        print(&if options.is_json {
            described(&running)
        } else {
            texts::welcome(options.language, &running)
        });
        end.await;
        Ok(())
    });
    // Without waiting for what cannot be ended, as the look-up of a shop's name.
    runtime.shutdown_background();
    done
}

async fn start(options: &Options, file: Option<&(String, WorldFile)>) -> Result<Running, Trouble> {
    let mut guard = Guard::loopback();
    let trouble = |flag| move |error| Trouble::Name { flag, error };
    for name in &options.names {
        guard = guard.answering_to(name).map_err(trouble("--name"))?;
    }
    for host in &options.callback_hosts {
        guard = guard.posting_to(host).map_err(trouble("--callback-host"))?;
    }
    let server = Server::bind(options.address, options.seed, guard)
        .await
        .map_err(|error| Trouble::Address {
            address: options.address,
            is_taken: error.kind() == std::io::ErrorKind::AddrInUse,
            error: error.to_string(),
        })?;
    let world = server.registry().get(DEFAULT_WORLD);
    let world = world.ok_or_else(|| Trouble::System("no default world".to_owned()))?;
    let prepared = world.with(|world| {
        if let Some(time) = options.time {
            world.set_clock(Clock::Manual(time), now())?;
        }
        file.map_or(Ok(()), |(_, file)| world.import(file, now()))
    });
    if let Err(why) = prepared {
        let path = file.map(|(path, _)| path.clone()).unwrap_or_default();
        return Err(Trouble::File { path, why });
    }
    server
        .start()
        .map_err(|error| Trouble::System(error.to_string()))
}

fn read_file(path: &std::path::Path) -> Result<(String, WorldFile), Trouble> {
    let shown = path.display().to_string();
    let file = std::fs::read_to_string(path).map_err(|error| error.to_string());
    let file = file.and_then(|text| WorldFile::read(&text));
    match file {
        Ok(file) => Ok((shown, file)),
        Err(why) => Err(Trouble::File { path: shown, why }),
    }
}

/// Listens for the program's end from now on. The future is ready when somebody ends it.
fn end() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let signals = {
        use tokio::signal::unix::{SignalKind, signal};
        let terminate = signal(SignalKind::terminate());
        terminate.and_then(|terminate| Ok((terminate, signal(SignalKind::interrupt())?)))
    };
    async move {
        #[cfg(unix)]
        if let Ok((mut terminate, mut interrupt)) = signals {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            return;
        }
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// Writes addresses and logins as one line of JSON, for scripts.
fn described(running: &Running) -> String {
    let root = running.registry().root();
    let world = running.registry().get(DEFAULT_WORLD).map(|slot| {
        slot.look(|world| {
            let one = |provider: &&str| {
                let login: serde_json::Map<String, serde_json::Value> = world
                    .login(provider)
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value.into()))
                    .collect();
                let of = serde_json::json!({ "address": world.address(provider), "login": login });
                ((*provider).to_owned(), of)
            };
            PROVIDERS.iter().map(one).collect::<serde_json::Map<_, _>>()
        })
    });
    let all = serde_json::json!({
        "board": format!("{root}/_sandbox/board"),
        "control": format!("{root}/_sandbox"),
        "providers": world,
        "seed": running.registry().seed(),
    });
    format!("{all}\n")
}

fn print(text: &str) {
    use std::io::Write as _;
    // A closed pipe is the reader's own choice.
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

fn fail(language: Language, trouble: &Trouble) -> ExitCode {
    tell(&trouble.sentence(language));
    ExitCode::from(USAGE)
}

fn tell(sentence: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "kervan-sandbox: {sentence}");
}
