//! A server that starts, crashes, starts again, and ends with its program.

#![expect(
    clippy::disallowed_methods,
    reason = "a server takes its own time to end"
)]

use std::env;
use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use postgres_cluster::{Cluster, Settings};

/// Set for the program that is killed.
const IS_KILLED: &str = "CLUSTER_OF_A_KILLED_PROGRAM";

#[test]
fn it_starts_again_after_a_crash_with_all_it_has_stored() {
    let settings = Settings {
        fsync: true,
        ..Settings::default()
    };
    let Some(cluster) = Cluster::start(settings).unwrap() else {
        return;
    };
    let database = cluster.database();
    cluster.sql(&database, "CREATE TABLE kept (number int)");
    cluster.sql(&database, "INSERT INTO kept VALUES (7), (8)");
    cluster.stop_at_once().unwrap();
    assert!(TcpStream::connect(("127.0.0.1", cluster.port())).is_err());
    cluster.start_again().unwrap();
    assert_eq!(cluster.sql(&database, "SELECT number FROM kept"), "7\n8");
    assert_eq!(cluster.sql(&database, "SHOW fsync"), "on");
    assert_ne!(cluster.database(), database);
    let folder = cluster.data();
    assert!(folder.is_dir());
    drop(cluster);
    assert!(!folder.exists());
}

#[test]
fn it_ends_with_a_program_that_is_killed() {
    if env::var_os(IS_KILLED).is_some() {
        let cluster = Cluster::shared().unwrap();
        println!("\nserver: {} {}", cluster.port(), cluster.data().display());
        thread::sleep(Duration::from_secs(60));
        return;
    }
    if Cluster::shared().is_none() {
        return;
    }
    let mut program = Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "it_ends_with_a_program_that_is_killed",
            "--nocapture",
        ])
        .env(IS_KILLED, "yes")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let mut started = lines.map_while(Result::ok).filter_map(|line| {
        let (port, folder) = line.strip_prefix("server: ")?.split_once(' ')?;
        Some((port.parse::<u16>().ok()?, folder.to_owned()))
    });
    let (port, folder) = started.next().unwrap();
    assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());
    program.kill().unwrap();
    program.wait().unwrap();
    let is_gone = || {
        TcpStream::connect(("127.0.0.1", port)).is_err() && !std::path::Path::new(&folder).exists()
    };
    for _ in 0..200 {
        if is_gone() {
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
    panic!("the server is still there");
}
