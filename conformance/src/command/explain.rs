//! `conform explain`

use std::{
    fmt::{self, Write},
    fs,
};

use raddle_runtime_api::{LimitInfo, LimitKind, Limits};

use super::{Failure, Program, args::Explain, print, print_bytes, suite};
use crate::{Case, Suite, describe_expected, error::IoResultExt, status, toml_reader::nearest, value};

pub(super) fn explain(args: &Explain, program: &Program<'_>) -> Result<i32, Failure> {
    let suite = suite(args.cases.as_deref())?;
    if let Some(broken) = suite.broken.iter().find(|broken| broken.id == args.case) {
        print(&format!("{}: {}\n", broken.id, broken.error))?;
        return Ok(status::ERROR);
    }
    let case = suite.case(&args.case).ok_or_else(|| Failure::Case {
        case: args.case.clone(),
        nearest: nearest(&args.case, suite.cases.iter().map(|case| case.id.as_str())).map(Into::into),
        name: program.name.into(),
    })?;
    if args.wasm.as_ref().is_some_and(|path| path == "-") {
        print_bytes(&case.wasm()?)?;
        return Ok(status::GOOD);
    }
    if let Some(path) = &args.wasm {
        fs::write(path, case.wasm()?).during("write", path)?;
    }
    let mut text = String::new();
    // A string takes all.
    let _ = describe(&mut text, case, &suite).and_then(|()| by_hand(&mut text, case, args, program));
    print(&text)?;
    Ok(status::GOOD)
}

fn describe(out: &mut String, case: &Case, suite: &Suite) -> fmt::Result {
    writeln!(out, "{}: {}", case.id, case.summary)?;
    writeln!(out, "  file      {}", case.source.path.display())?;
    writeln!(
        out,
        "  profile   {}; a hang after {} ms; run {} time{}",
        case.profile.name(),
        case.timeout.as_millis(),
        case.repeat,
        if case.repeat == 1 { "" } else { "s" }
    )?;
    if !case.requires.is_empty() {
        writeln!(out, "  requires  {}", names(&case.requires))?;
    }
    if !case.lacks.is_empty() {
        writeln!(out, "  lacks     {}", names(&case.lacks))?;
    }
    if let Some(text) = &case.kill_on_output {
        writeln!(out, "  embedder  kills it when it has written {text:?}")?;
    }
    if case.stderr_full {
        writeln!(out, "  embedder  takes nothing of standard error")?;
    }
    writeln!(out, "  expects   {}", describe_expected(&case.expect.result))?;
    let expect = &case.expect;
    for (what, text) in
        [("stdout", &expect.stdout), ("stderr", &expect.stderr), ("a part of stdout", &expect.stdout_contains)]
    {
        if let Some(text) = text {
            writeln!(out, "            {what} {text:?}")?;
        }
    }
    if let Some(spawned) = expect.threads.spawned {
        writeln!(out, "            {spawned} threads spawned")?;
    }
    writeln!(out, "            {} threads or slots left at the end", expect.threads.leaked)?;
    for clause in case.clauses.iter().filter_map(|id| suite.clauses.get(id)) {
        writeln!(out, "  clause    {}: {} (docs/src/{})", clause.id, clause.text, clause.anchor)?;
    }
    Ok(())
}

fn names(capabilities: &[raddle_runtime_api::Capability]) -> String {
    capabilities.iter().map(|capability| capability.name()).collect::<Vec<_>>().join(", ")
}

/// How to run it without the suite: what `raddle run` is to be told.
fn by_hand(out: &mut String, case: &Case, args: &Explain, program: &Program<'_>) -> fmt::Result {
    let folder = args.cases.as_ref().map_or(String::new(), |folder| format!(" --cases {}", folder.display()));
    let profile = match case.profile {
        crate::Profile::Stress => " --profile stress",
        _ => "",
    };
    writeln!(out, "\nTo run it again, and to run it by hand:")?;
    writeln!(out, "  {} run{folder}{profile} --filter {}", program.name, case.id)?;
    writeln!(out, "  {} explain{folder} {} --wasm case.wasm", program.name, case.id)?;
    writeln!(out, "  raddle run --report -{}{} case.wasm", options(&case.limits), call(case))
}

fn options(limits: &Limits) -> String {
    let option = |limit: &LimitInfo| {
        let unit = if limit.kind == LimitKind::Time { "ms" } else { "" };
        Some(format!(" --{} {}{unit}", limit.option(), limit.get_json(limits)?))
    };
    Limits::TABLE.iter().filter_map(option).collect()
}

/// What is called, with its arguments without their types, which `raddle run` knows.
fn call(case: &Case) -> String {
    let mut text = String::new();
    if case.threadify.stack_check {
        text += " --stack-check";
    }
    if let Some(entry) = &case.entry {
        text += &format!(" --entry {entry}");
    }
    if !case.entry_args.is_empty() {
        let number =
            |value| value::format(value).split_once(':').map_or(String::new(), |(_, number)| number.to_owned());
        text += &format!(" --entry-args {}", case.entry_args.iter().map(number).collect::<Vec<_>>().join(","));
    }
    text
}
