//! A small HTTP client that shows how a connection ended.

use serde_json::Value;
use std::{
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// How an answer ended.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum End {
    /// As long as it said.
    Whole,
    /// Closed in order before that.
    Short,
    /// Broken by a reset.
    Reset,
}

#[derive(Debug)]
pub struct Answer {
    /// 0 when not even a status line came.
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub end: End,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {:?}", self.text()))
    }

    /// The payload of a wrapped success.
    pub fn data(&self) -> Value {
        let mut body = self.json();
        assert!(body["error"].is_null(), "{body}");
        body["data"].take()
    }

    pub fn error(&self) -> Value {
        let mut body = self.json();
        assert!(body["data"].is_null(), "{body}");
        body["error"].take()
    }
}

/// An open connection.
pub struct Connection(TcpStream);

impl Connection {
    pub fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("connects");
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("takes a time limit");
        Self(stream)
    }

    pub fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) {
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: test\r\nContent-Length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        self.0
            .write_all(format!("{head}\r\n{body}").as_bytes())
            .expect("is sent");
    }

    /// Reads one answer; a body without a length goes on to the end of the connection.
    pub fn receive(&mut self) -> Answer {
        let mut bytes = Vec::new();
        let mut end = None;
        let split = loop {
            if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                break Some(at);
            }
            end = self.more(&mut bytes);
            if end.is_some() {
                break None;
            }
        };
        let Some(split) = split else {
            return Answer {
                status: 0,
                headers: Vec::new(),
                body: bytes,
                end: end.unwrap_or(End::Short),
            };
        };
        let head = String::from_utf8_lossy(&bytes[..split]).into_owned();
        let mut body = bytes.split_off(split + 4);
        let mut lines = head.lines();
        let status = lines
            .next()
            .and_then(|line| line.split(' ').nth(1))
            .and_then(|code| code.parse().ok());
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let length = headers
            .iter()
            .find(|(name, _)| name == "content-length")
            .and_then(|(_, v)| v.parse().ok());
        let length: usize = length.unwrap_or(if status == Some(204) || status == Some(304) {
            0
        } else {
            usize::MAX
        });
        let end = loop {
            if body.len() >= length {
                break End::Whole;
            }
            if let Some(end) = self.more(&mut body) {
                break end;
            }
        };
        Answer {
            status: status.unwrap_or(0),
            headers,
            body,
            end,
        }
    }

    /// Reads until `wanted` has come; for streams that do not end.
    pub fn read_until(&mut self, wanted: &str) -> String {
        let mut bytes = Vec::new();
        while !String::from_utf8_lossy(&bytes).contains(wanted) {
            let end = self.more(&mut bytes);
            assert!(
                end.is_none(),
                "ended without {wanted:?}: {:?}",
                String::from_utf8_lossy(&bytes)
            );
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Adds what comes next; says how the connection ended when it did.
    fn more(&mut self, bytes: &mut Vec<u8>) -> Option<End> {
        let mut buffer = [0; 16 * 1024];
        match self.0.read(&mut buffer) {
            Ok(0) => Some(End::Short),
            Ok(count) => {
                bytes.extend_from_slice(&buffer[..count]);
                None
            }
            Err(error) if error.kind() == ErrorKind::ConnectionReset => Some(End::Reset),
            Err(error) => panic!("{error}"),
        }
    }
}
