//! Tests beside other work: what they print is kept, and shown when they are waited for.

use std::{
    fs,
    path::PathBuf,
    process::{Child, Command},
    time::Instant,
};

use crate::{
    shell::{self, Context, Result},
    tally::Tally,
};

/// Tests that run.
#[derive(Debug)]
pub(crate) struct Beside {
    name: &'static str,
    begin: Instant,
    /// What runs, and the file that it prints to.
    started: Result<(Child, PathBuf)>,
}

impl Beside {
    /// Starts a command that prints as Rust's test harness does. One that cannot be started is a test that fails.
    pub(crate) fn start(name: &'static str, command: Command) -> Beside {
        Beside { name, begin: Instant::now(), started: start(name, command) }
    }

    /// Waits for the end, prints what was printed and counts the tests; a failure of the command is one, too.
    pub(crate) fn join(self, tally: &mut Tally) {
        shell::heading(self.name);
        let ended = || -> Result<_> {
            let (mut child, log) = self.started?;
            let status = child.wait().context(self.name)?;
            Ok((status, fs::read_to_string(&log).context(log.display())?))
        };
        let printed = tally.steps.time_from(self.begin, self.name, ended);
        match printed {
            Ok((status, printed)) => {
                print!("{printed}");
                tally.count(printed.lines(), shell::succeeded(status, self.name));
            }
            Err(error) => tally.fail(&error),
        }
    }
}

fn start(name: &str, mut command: Command) -> Result<(Child, PathBuf)> {
    shell::show(&command);
    let folder = std::env::current_exe().context("xtask's own path")?;
    let log = folder.with_file_name(format!("xtask-{}.log", name.replace(' ', "-")));
    let file = fs::File::create(&log).context(log.display())?;
    command.stdout(file.try_clone().context(log.display())?).stderr(file);
    Ok((command.spawn().context(name)?, log))
}
