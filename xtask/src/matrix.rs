//! `cargo xtask matrix`: the book's page of clauses against backends.

use std::{fs, process::Stdio};

use crate::{
    browsers,
    shell::{self, Context, Result},
    web, workspace,
};

/// Where the reports go.
const REPORTS: &str = "target/conformance";

const PAGE: &str = "docs/src/conformance/matrix.md";

/// How the page begins.
const HEAD: &str = "\
# The backends side by side

For each clause of the contract, how many of the cases that check it passed on each of raddle's backends. A case is
skipped if it is meant for backends that lack a capability, or needs more threads than the backend has. `cargo xtask
matrix` runs the suite with all its profiles on all backends, which takes three quarters of an hour, and writes this
page; `raddle conform list --filter clause:ID` lists the cases of a clause.

";

/// Runs the suite on every backend, and writes the page.
///
/// # Errors
/// When a browser is missing, or a backend does not conform: the page has no gaps.
pub(crate) fn run() -> Result {
    web::run()?;
    fs::create_dir_all(REPORTS).context(REPORTS)?;
    let mut paths = Vec::new();
    for (backend, profile) in
        ["native", "chromium", "firefox"].iter().flat_map(|name| [(name, "full"), (name, "stress")])
    {
        shell::heading(&format!("conformance suite: {backend}, {profile}"));
        let path = format!("{REPORTS}/{backend}-{profile}.json");
        let mut command = browsers::suite(backend)?;
        command.args(["--profile", profile, "--format", "json"]);
        command.stdout(Stdio::from(fs::File::create(&path).context(&path)?));
        shell::run(command)?;
        paths.push(path);
    }
    let mut command = workspace::conform()?;
    command.arg("matrix").args(&paths);
    let table = {
        let shown = shell::show(&command);
        let output = command.stderr(Stdio::inherit()).output().context(&shown)?;
        shell::succeeded(output.status, &shown)?;
        String::from_utf8(output.stdout).context(&shown)?
    };
    fs::write(PAGE, format!("{HEAD}{table}")).context(PAGE)?;
    println!("{PAGE}");
    Ok(())
}
