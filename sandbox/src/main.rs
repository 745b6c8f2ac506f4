//! Starts the sandbox on two loopback ports and says where it is.

use sandbox::{app, args::Args, auth_app, greeting, state::Sandbox, wire};
use std::{io::Write, net::Ipv4Addr, process::ExitCode};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), String> {
    let args = Args::parse(std::env::args().skip(1))?;
    let Some(args) = args else {
        println!("{}", Args::HELP);
        return Ok(());
    };
    let console = bind(args.port, "--port").await?;
    let auth = bind(args.auth_port, "--auth-port").await?;
    let console_port = port_of(&console)?;
    let auth_port = port_of(&auth)?;

    let setup = args.into_setup(format!("http://127.0.0.1:{auth_port}"))?;
    let console_url = format!("http://127.0.0.1:{console_port}{}", setup.base);
    let services = setup.services;
    let sandbox = Sandbox::new(setup);

    let mut out = std::io::stdout().lock();
    // A closed pipe on the other side is no reason to stop serving.
    let _ = write!(
        out,
        "{}",
        greeting::text(
            &console_url,
            &format!("http://127.0.0.1:{auth_port}/"),
            services
        )
    );
    let _ = out.flush();
    drop(out);

    tokio::join!(
        wire::serve(console, app(&sandbox), sandbox.clone()),
        wire::serve(auth, auth_app(&sandbox), sandbox.clone()),
    );
    Ok(())
}

async fn bind(port: u16, option: &str) -> Result<TcpListener, String> {
    // Loopback only: the sandbox accepts anybody who knows the printed tokens.
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| {
        format!("Port {port} cannot be used ({error}). Choose another with {option}, or {option} 0 for any free one.")
    })
}

fn port_of(listener: &TcpListener) -> Result<u16, String> {
    listener
        .local_addr()
        .map(|address| address.port())
        .map_err(|error| format!("The port is not known: {error}"))
}
