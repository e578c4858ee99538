//! The control API: a thin layer of JSON over what [`crate::Simulator`] can do.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::Shared;
use crate::ending::Ending;
use crate::fault::Fault;
use crate::http::{Connection, Request, Response};
use crate::machine::{ClosedBy, Form, Machine, RequestRecord, Screen};
use crate::personality::Edition;
use crate::server::{Server, Service};

/// The terminal's screen and its buttons, for people.
const PAGE: &str = include_str!("screen.html");

pub(crate) struct Control {
    shared: Arc<Shared>,
    protocol: Arc<Server>,
}

impl Control {
    pub(crate) fn new(shared: Arc<Shared>, protocol: Arc<Server>) -> Self {
        Self { shared, protocol }
    }

    fn response(&self, request: &Request) -> Response {
        if is_foreign(request) {
            let words = "this page or address is not of the simulator: use its IP address or localhost";
            return Response::json(403, &json!({ "error": words }));
        }
        if (request.method.as_str(), request.path.as_str()) == ("GET", "/") {
            return Response::page(PAGE);
        }
        match self.answer(request) {
            Ok(value) => Response::json(200, &value),
            Err(sentence) => Response::json(400, &json!({ "error": sentence })),
        }
    }

    fn answer(&self, request: &Request) -> Result<Value, String> {
        let refused = |error: io::Error| format!("{}: {error}", request.path);
        // Closing a port waits for its connections, which may wait for the machine: it is not held meanwhile.
        match (request.method.as_str(), request.path.as_str()) {
            ("POST", "/power") => {
                let Power { on, silent } = read(request)?;
                self.shared.machine().silent = !on && silent;
                if on || silent {
                    self.protocol.resume().map_err(refused)?;
                } else {
                    self.protocol.pause();
                }
            }
            ("POST", "/move") => self.protocol.move_to(read::<Move>(request)?.address).map_err(refused)?,
            _ => return answer(&mut self.shared.machine(), request, &self.protocol.address()),
        }
        Ok(json!({ "ok": true, "address": self.protocol.address() }))
    }
}

impl Service for Control {
    fn patience(&self) -> Duration {
        self.shared.machine().options.patience
    }

    fn serve(&self, mut connection: Connection, ending: &dyn Fn() -> bool) {
        while let Some(request) = connection.read(ending) {
            let response = self.response(&request);
            if connection.write(&response.bytes(&request)).is_err() || request.closes {
                return;
            }
        }
    }
}

/// Whether a web page of somebody else asks, or a name that somebody else may have pointed here.
fn is_foreign(request: &Request) -> bool {
    let host = request.host.as_deref();
    let without_port = |host: &'_ str| match host.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => name.to_owned(),
        Some(_) | None => host.to_owned(),
    };
    let name = host.map(without_port);
    let is_address = |name: &str| name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    let other_name = name.is_some_and(|name| !is_address(&name) && !name.eq_ignore_ascii_case("localhost"));
    let other_page = request.origin.as_deref().is_some_and(|origin| origin.strip_prefix("http://") != host);
    other_name || other_page
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Next {
    ending: Ending,
    #[serde(default)]
    fields: Map<String, Value>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Speaks {
    edition: Edition,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Action {
    action: Screen,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CloseBatch {
    by: ClosedBy,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Endpoint {
    name: String,
    form: Form,
}

/// What a restart brings that was not there before.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Update {
    base_paths: Option<Vec<String>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Power {
    on: bool,
    #[serde(default)]
    silent: bool,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    address: SocketAddr,
}

fn answer(machine: &mut Machine, request: &Request, address: &SocketAddr) -> Result<Value, String> {
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/state") => {
            let mut state = machine.state();
            state["address"] = json!(address);
            return Ok(state);
        }
        ("GET", "/requests") => return Ok(json!(since(machine, &request.query)?)),
        ("POST", "/next") => {
            let Next { ending, fields } = read(request)?;
            machine.choose_next(ending, fields);
        }
        ("POST", "/release") => machine.releases += 1,
        ("POST", "/fault") => machine.faults.push(read::<Fault>(request)?),
        ("DELETE", "/faults") => machine.faults.clear(),
        ("POST", "/personality") => machine.personality = merged(&json!(machine.personality), request)?,
        ("POST", "/edition") => machine.personality = read::<Speaks>(request)?.edition.personality(),
        ("POST", "/pace") => machine.pace = merged(&json!(machine.pace), request)?,
        ("POST", "/screen") => machine.screen(read::<Action>(request)?.action),
        ("POST", "/closing") => machine.close(read::<CloseBatch>(request)?.by)?,
        ("POST", "/endpoint") => {
            let Endpoint { name, form } = read(request)?;
            machine.endpoints.insert(name, form);
        }
        ("POST", "/restart") => {
            let update = if request.body.is_empty() { Update::default() } else { read(request)? };
            if let Some(paths) = update.base_paths {
                machine.options.base_paths = paths;
            }
            machine.restart();
        }
        ("POST", "/shutdown") => machine.shutdown_requested = true,
        (method, path) => return Err(format!("{method} {path} is not known; the README lists what is")),
    }
    Ok(json!({ "ok": true }))
}

/// The requests after the one of the number that the query names: `since=12`.
fn since<'m>(machine: &'m Machine, query: &str) -> Result<&'m [RequestRecord], String> {
    let number = match query.split_once('=') {
        Some(("since", number)) => number.parse().map_err(|_| format!("since={number}: a number is needed"))?,
        Some(_) | None => 0,
    };
    Ok(machine.requests.get(number..).unwrap_or_default())
}

/// serde's own words name the field, what was wrong and what is allowed.
fn read<T: DeserializeOwned>(request: &Request) -> Result<T, String> {
    serde_json::from_slice(&request.body).map_err(|error| format!("{}: {error}", request.path))
}

/// What is given replaces what is; what is not given stays.
fn merged<T: DeserializeOwned>(now: &Value, request: &Request) -> Result<T, String> {
    let mut fields = now.as_object().cloned().unwrap_or_default();
    fields.extend(read::<Map<String, Value>>(request)?);
    serde_json::from_value(Value::Object(fields)).map_err(|error| format!("{}: {error}", request.path))
}
