//! nginx and what the configuration of deploy/ is filled with, from the system's packages.

use super::{apt, step};
use crate::{Done, run};
use std::{env, path::PathBuf};

/// Debian keeps servers where people who are not root do not look.
const FOLDERS: [&str; 2] = ["/usr/sbin", "/usr/local/sbin"];

/// Installs a server, its first package, and leaves it at rest: it starts neither now nor with the machine. Brotli
/// comes along where this release has it.
const INSTALL_AT_REST: &str = r#"
server=$1
apt() { apt-get -o DPkg::Lock::Timeout=300 "$@"; }
apt update
brotli=libnginx-mod-http-brotli-static
if apt-cache show "$brotli" >/dev/null 2>&1; then set -- "$@" "$brotli"; fi
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 1' INT TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi
apt install --yes --no-install-recommends "$@" || exit 1
update-rc.d "$server" disable || true
"#;

/// Makes sure that the deployment can be tried. An nginx that is there is left as it is.
pub fn server() -> Done {
    if !is_here("nginx") {
        step(
            "nginx",
            "the deployment is tried with the server that it is for (apt-get install nginx gettext-base)",
            || apt::run("nginx", INSTALL_AT_REST, &["nginx", "gettext-base"]),
        )?;
    } else if !is_here("envsubst") {
        step(
            "envsubst",
            "the templates of deploy/ are filled with it (apt-get install gettext-base)",
            || apt::run("envsubst", apt::INSTALL, &["gettext-base"]),
        )?;
    }
    Ok(())
}

fn is_here(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = FOLDERS.map(PathBuf::from);
    let all = env::split_paths(&path).chain(folders);
    env::join_paths(all).is_ok_and(|path| run::found(program, &path).is_some())
}
