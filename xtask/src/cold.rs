//! What a cold load of the callback page moves, headers included: the built site, really served.

use crate::{Done, run, serve, tools::Tools};
use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Stdio},
    time::Duration,
};

/// Bytes of all answers together, their headers included.
const BUDGET: usize = 5_000;
const PAGE: &str = "oauth-callback.html";
/// With an answer of an authorization server that nobody waits for.
const QUERY: &str = "?code=x&state=foreign";
/// What would load more than the page names.
const LOADS: [&str; 5] = ["wasm", "import", "fetch(", "XMLHttpRequest", "url("];
const WAIT: Duration = Duration::from_secs(10);

/// Serves the site, asks for the page and for every file that it names, prints the table, and fails over budget.
pub fn weigh(tools: &Tools, site: &Path) -> Done {
    let page = text(site, PAGE)?;
    let names = named(&page);
    for name in &names {
        let ending = Path::new(name)
            .extension()
            .and_then(|ending| ending.to_str());
        if !matches!(ending, Some("js" | "css" | "svg")) {
            return Err(format!("{PAGE} loads {name}, which is no file for it."));
        }
        let text = if ending == Some("svg") {
            String::new()
        } else {
            text(site, name)?
        };
        if let Some(sign) = LOADS.iter().find(|sign| text.contains(**sign)) {
            return Err(format!(
                "{name} names {sign:?}: the callback page loads its own files and nothing else."
            ));
        }
    }
    let server = Server::start(tools, site)?;
    println!(
        "{:<44}{:>10}{:>10}{:>10}",
        "callback page, bytes of a cold load", "headers", "body", "together"
    );
    let (mut headers, mut bodies) = (0, 0);
    for path in [[PAGE, QUERY].concat()].iter().chain(&names) {
        let (head, body) = server.moved(path)?;
        println!("  {path:<42}{head:>10}{body:>10}{:>10}", head + body);
        headers += head;
        bodies += body;
    }
    let total = headers + bodies;
    println!("  {:<42}{headers:>10}{bodies:>10}{total:>10}", "together");
    println!("  the budget is {BUDGET}");
    if total > BUDGET {
        return Err(format!(
            "The callback page is {} bytes over its budget.",
            total - BUDGET
        ));
    }
    Ok(())
}

fn text(site: &Path, name: &str) -> Done<String> {
    let file = site.join(name);
    fs::read_to_string(&file).map_err(|error| format!("{} cannot be read: {error}", file.display()))
}

/// The files that a page loads by itself. A link that a person may follow is none of them.
fn named(page: &str) -> BTreeSet<String> {
    let loading = page.split('<').filter(|tag| {
        ["link ", "script ", "img "]
            .iter()
            .any(|name| tag.starts_with(name))
    });
    let address = |tag: &str| {
        let (_, rest) = tag
            .split_once(" src=")
            .or_else(|| tag.split_once(" href="))?;
        let end = |c: char| c.is_whitespace() || matches!(c, '"' | '>');
        rest.trim_start_matches('"')
            .split(end)
            .next()
            .map(str::to_owned)
    };
    loading.filter_map(address).collect()
}

/// A sandbox that serves a site at the root, until it is dropped.
struct Server {
    process: Child,
    host: String,
}

impl Server {
    fn start(tools: &Tools, site: &Path) -> Done<Self> {
        let mut command = run::command(serve::sandbox(tools)?, &tools.path);
        command.arg("--site").arg(site);
        command.args(["--port", "0", "--auth-port", "0"]);
        let process = command
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("The sandbox could not be started: {error}"))?;
        // From here on it is ended whatever happens.
        let mut server = Self {
            process,
            host: String::new(),
        };
        let mut first = String::new();
        if let Some(output) = server.process.stdout.take() {
            BufReader::new(output)
                .read_line(&mut first)
                .map_err(|error| format!("The sandbox does not say where it is: {error}"))?;
        }
        server.host = host(&first).ok_or("The sandbox does not say where it is.")?;
        Ok(server)
    }

    /// The bytes of the headers and of the body of one answer, as a browser without a cache gets it.
    fn moved(&self, path: &str) -> Done<(usize, usize)> {
        let answer = self
            .ask(path)
            .map_err(|error| format!("{path} could not be loaded: {error}"))?;
        measured(&answer).ok_or_else(|| format!("{path} was not answered with 200."))
    }

    fn ask(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(&self.host)?;
        stream.set_read_timeout(Some(WAIT))?;
        write!(
            stream,
            "GET /{path} HTTP/1.1\r\nHost: {}\r\nAccept-Encoding: gzip, deflate, br\r\nConnection: close\r\n\r\n",
            self.host
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Host and port from the first line that the sandbox prints.
fn host(line: &str) -> Option<String> {
    let told: serde_json::Value = serde_json::from_str(line).ok()?;
    let console = told.get("console")?.as_str()?;
    Some(
        console
            .strip_prefix("http://")?
            .split_once('/')?
            .0
            .to_owned(),
    )
}

/// How long the headers of a good answer are, the empty line included, and how long its body is.
fn measured(answer: &[u8]) -> Option<(usize, usize)> {
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n")? + 4;
    answer
        .starts_with(b"HTTP/1.1 200 ")
        .then_some((end, answer.len() - end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_loads_is_found_and_links_are_not() {
        let page = "<!DOCTYPE html><link rel=\"icon\" href=\"i.svg\"><link rel=stylesheet href=a.css>\
            <img src=\"i.svg\" alt=\"\"><a href=\"./\">Back</a><script type=\"module\" async src=\"b.js\"></script>";
        let names: Vec<String> = named(page).into_iter().collect();
        assert_eq!(names, ["a.css", "b.js", "i.svg"]);
    }

    #[test]
    fn headers_and_body_are_counted_apart_and_errors_are_no_answer() {
        assert_eq!(
            measured(b"HTTP/1.1 200 OK\r\na: b\r\n\r\nbody"),
            Some((25, 4))
        );
        assert_eq!(measured(b"HTTP/1.1 404 Not Found\r\n\r\nbody"), None);
        assert_eq!(measured(b"HTTP/1.1 200 OK\r\n"), None);
    }

    #[test]
    fn the_sandbox_says_where_it_is() {
        let line = r#"{"console":"http://127.0.0.1:80/","auth":"http://127.0.0.1:81/"}"#;
        assert_eq!(host(line), Some("127.0.0.1:80".to_owned()));
        assert_eq!(host(""), None);
    }
}
