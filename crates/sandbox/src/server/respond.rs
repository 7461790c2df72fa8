//! From a request of HTTP to its answer.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::{HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN, SERVER};
use hyper::http::uri::Authority;
use hyper::{Method, Response, StatusCode};

use super::body::Written;
use super::guard::Guard;
use super::machine::{now, pause, within};
use super::registry::{Registry, Slot};
use super::route::Route;
use super::{DEFAULT_WORLD, board, deliver, manage};
use crate::board::{PREFIX, see_other};
use crate::exchange::Delivered;
use crate::world::PROVIDERS;
use crate::{Answer, Request};

/// The largest body that is read: four times the largest documented request.
const BODY: usize = 4 * 1024 * 1024;
/// The largest world file that is read: that of a world with tens of thousands of orders.
const FILE: usize = 64 * 1024 * 1024;
/// How long a client may take to send a body.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a client that gets nothing is kept waiting.
const SILENCE: Duration = Duration::from_secs(600);

/// Answers one request. An error ends the connection without an answer.
pub(super) async fn respond(
    registry: &Arc<Registry>,
    guard: &Arc<Guard>,
    connection: u64,
    request: hyper::Request<Incoming>,
) -> io::Result<Response<Written>> {
    if let Some(host) = foreign_host(guard, &request) {
        let text =
            format!("sandbox: `{host}` is not a name of this server; use 127.0.0.1 or localhost");
        return written(plain(421, &text));
    }
    if request.method() == Method::CONNECT {
        return written(plain(405, "sandbox: it is not a proxy"));
    }
    let is_foreign = values(request.headers(), &ORIGIN).any(|origin| !guard.controls(&origin));
    if is_foreign && is_control(request.uri().path()) {
        let text = "sandbox: pages of another site may not use the control API";
        return written(plain(403, text));
    }
    let request = match read(request).await {
        Ok(request) => request,
        Err(answer) => return written(answer),
    };
    let target = request.path.clone();
    match Route::of(&target) {
        Route::Home => written(home(registry, &request)),
        Route::Unknown => {
            let text = "sandbox: no provider has this address; see GET /";
            written(plain(404, text))
        }
        Route::Control(parts) if parts.first() == Some(&"board") => {
            let rest = parts.get(1..).unwrap_or_default();
            written(board::answer(registry, guard, rest, &request).await)
        }
        Route::Control(parts) => written(manage::answer(registry, guard, &parts, &request).await),
        Route::Named {
            world,
            provider,
            rest,
        } => match registry.get(world) {
            Some(slot) => play(&slot, guard, provider, connection, request, rest).await,
            None => written(plain(404, &format!("sandbox: there is no world `{world}`"))),
        },
        Route::ByLogin { provider, rest } => match registry.by_login(provider, &request) {
            Some(slot) => play(&slot, guard, provider, connection, request, rest).await,
            None => written(plain(404, "sandbox: there is no world for this login")),
        },
    }
}

/// Plays a request at a provider.
async fn play(
    slot: &Arc<Slot>,
    guard: &Arc<Guard>,
    provider: &'static str,
    connection: u64,
    request: Request,
    rest: &str,
) -> io::Result<Response<Written>> {
    let request = Request {
        path: if rest.starts_with('/') {
            rest.to_owned()
        } else {
            format!("/{rest}")
        },
        ..request
    };
    let reaction = slot.with(|world| world.exchange(provider, connection, &request, now()));
    let Some(reaction) = reaction else {
        return written(plain(404, "sandbox: there is no such provider"));
    };
    deliver::send_all(slot, guard, reaction.early).await;
    if let Delivered::Answer(answer) = reaction.delivered {
        let answer = written(answer)?;
        return Ok(answer.map(|body| body.before_posts_of(slot, guard)));
    }
    deliver::flush(slot, guard);
    if reaction.delivered == Delivered::Silence {
        pause(SILENCE).await;
    }
    Err(io::Error::other("no answer, as planned"))
}

fn is_control(path: &str) -> bool {
    matches!(Route::of(path), Route::Control(_))
}

/// Returns the name that a request asks for, when it is not one of this server: in the header `Host`, of
/// which there is one, and in an address that names its host.
fn foreign_host(guard: &Guard, request: &hyper::Request<Incoming>) -> Option<String> {
    let hosts: Vec<String> = values(request.headers(), &HOST).collect();
    let [host] = &hosts[..] else {
        return Some(hosts.join(", "));
    };
    let named = request.uri().authority().map(Authority::as_str);
    let named = [Some(host.as_str()), named].into_iter().flatten();
    named
        .filter(|name| !guard.answers_to(name))
        .map(str::to_owned)
        .next()
}

/// Returns the values of a header; bytes that are not text become U+FFFD, so that they are no name.
fn values<'a>(headers: &'a HeaderMap, name: &'a HeaderName) -> impl Iterator<Item = String> + 'a {
    let values = headers.get_all(name).into_iter();
    values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// Reads a request whole.
async fn read(request: hyper::Request<Incoming>) -> Result<Request, Answer> {
    let (parts, body) = request.into_parts();
    let is_file = parts.method == Method::PUT && is_control(parts.uri.path());
    let most = if is_file { FILE } else { BODY };
    let Ok(body) = within(PATIENCE, Limited::new(body, most).collect()).await else {
        let text = format!(
            "sandbox: the body took more than {} seconds",
            PATIENCE.as_secs()
        );
        return Err(plain(408, &text));
    };
    let body = match body {
        Ok(body) => body.to_bytes().to_vec(),
        Err(error) if error.is::<LengthLimitError>() => {
            let text = format!("sandbox: the body is larger than {most} bytes");
            return Err(plain(413, &text));
        }
        Err(_) => return Err(plain(400, "sandbox: the body could not be read to its end")),
    };
    let header = |(name, value): (&HeaderName, &HeaderValue)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    };
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    Ok(Request {
        method: parts.method.as_str().to_owned(),
        path: path.to_owned(),
        headers: parts.headers.iter().map(header).collect(),
        body,
    })
}

/// The first page: for a browser the dashboard, for others the addresses of the providers.
fn home(registry: &Registry, request: &Request) -> Answer {
    let accepts = request.header("accept").unwrap_or_default();
    if accepts.contains("text/html") {
        // One world is the usual case.
        let is_only = registry.all().len() == 1;
        let calls = format!("{PREFIX}/{DEFAULT_WORLD}/calls");
        return see_other(if is_only { &calls } else { PREFIX });
    }
    let root = registry.root();
    let providers = PROVIDERS.iter();
    let lines: Vec<String> = providers
        .map(|provider| format!("{provider:<8}{root}/{provider}"))
        .collect();
    let text = format!(
        "kervan-sandbox {}\n\n{}\ncontrol {root}/_sandbox/worlds\nboard   {root}/_sandbox/board\n\n\
         Nothing here was observed on a provider's live service.",
        env!("CARGO_PKG_VERSION"),
        lines.join("\n")
    );
    plain(200, &text)
}

fn plain(status: u16, text: &str) -> Answer {
    Answer::new(status, "text/plain; charset=utf-8", format!("{text}\n"))
}

/// Writes an answer. One that cannot be written is an error of the sandbox itself.
fn written(answer: Answer) -> io::Result<Response<Written>> {
    let mut response = Response::new(Written::new(answer.body));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).map_err(|error| io::Error::other(error.to_string()))?;
    let headers = response.headers_mut();
    headers.insert(SERVER, HeaderValue::from_static("kervan-sandbox"));
    for (name, value) in answer.headers {
        let name = HeaderName::try_from(name);
        let value = HeaderValue::try_from(value);
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    Ok(response)
}
