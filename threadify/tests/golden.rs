//! Golden files: each `golden/NAME.wat` is inspected and threadified, and what comes of it is in `golden/NAME.out.wat`.
//!
//! `RADDLE_BLESS=1 cargo test -p raddle-threadify --test golden` writes what comes of them now; read the difference
//! before committing it. A first line `;; options: stack-check` turns the stack check on.

use std::{fs, path::Path};

use raddle_threadify::{Options, inspect, threadify};

#[test]
fn golden_files_are_as_they_were() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let bless = std::env::var_os("RADDLE_BLESS").is_some();
    let mut inputs: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "wat"))
        .filter(|path| !path.to_string_lossy().ends_with(".out.wat"))
        .collect();
    inputs.sort();
    assert!(!inputs.is_empty(), "no golden files in {}", folder.display());

    let mut differing = Vec::new();
    for input in inputs {
        let text = fs::read_to_string(&input).unwrap();
        let now = outcome(&text).unwrap_or_else(|error| panic!("{}: {error}", input.display()));
        let output = input.with_extension("out.wat");
        if bless {
            fs::write(&output, now).unwrap();
        } else if fs::read_to_string(&output).ok().as_deref() != Some(&now) {
            differing.push(format!("{}\n{now}", output.display()));
        }
    }
    assert!(differing.is_empty(), "differing; bless with RADDLE_BLESS=1 if right:\n{}", differing.join("\n"));
}

/// What is said of the module, and the rewritten module if it is one.
fn outcome(text: &str) -> Result<String, Box<dyn std::error::Error>> {
    let options = Options::new().stack_check(text.starts_with(";; options: stack-check"));
    let wasm = wat::parse_str(text)?;
    let mut out = String::new();
    match inspect(&wasm) {
        Ok(inspection) => out += &comment("inspect", &inspection.to_string()),
        Err(error) => out += &comment("inspect", &format!("error: {error}")),
    }
    match threadify(&wasm, &options) {
        Ok(done) => {
            out += &comment("threadify", &format!("{}\n{:?}", done.report, done.section));
            out += &wasmprinter::print_bytes(&done.wasm)?;
        }
        Err(error) => out += &comment("threadify", &format!("error: {error}")),
    }
    Ok(out)
}

fn comment(title: &str, text: &str) -> String {
    let lines = text.lines().map(|line| format!(";;   {line}\n"));
    format!(";; {title}:\n{}", lines.collect::<String>())
}
