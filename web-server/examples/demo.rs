//! Serves the demo of `examples/web` to this machine, with the package `raddle-web` and the programs that it runs:
//! `cargo xtask demo`.
//!
//! ```text
//! cargo run -p raddle-web-server --example demo [PORT]
//! ```

use std::{env, error::Error, net::Ipv4Addr, path::Path, thread};

use raddle_web_server::{Server, files};

/// Where it listens unless another port is named; 0 is any that is free.
const PORT: u16 = 8080;

fn main() -> Result<(), Box<dyn Error>> {
    let port = env::args().nth(1).map_or(Ok(PORT), |port| port.parse())?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = files(&root.join("examples/web"))?;
    let page = page.nest("/pkg", files(&root.join("target/web/pkg"))?);
    let page = page.nest("/programs", files(&root.join("examples/prebuilt"))?);
    let server = Server::start((Ipv4Addr::LOCALHOST, port).into(), page)?;
    println!("{}", server.url());
    loop {
        // It listens until a signal ends it.
        thread::park();
    }
}
