//! Computing: a ray tracer against the native build of its source, and modules against themselves before they were
//! threadified.

use std::{
    io::{self, Write},
    process::{Command, Stdio},
    sync::mpsc,
    time::Duration,
};

use raddle_backend_native::{Outcome, Program, Value, wasmtime::Module};

use crate::{
    guest::{self, KERNEL},
    programs,
    raw::{self, Raw},
    row::{Figures, Row, Target},
    timing::{self, alternate, process_run},
};

pub(crate) const ROWS: &[Row] = &[
    Row {
        name: "a ray tracer on 1 thread / native build of the same source",
        target: Target::Any,
        measure: || against_native(1),
    },
    Row {
        name: "a ray tracer on 2 threads / native build of the same source",
        target: Target::Any,
        measure: || against_native(2),
    },
    Row {
        name: "a ray tracer on 2 threads / on 1 thread",
        target: Target::Any,
        measure: || {
            let program = renderer()?;
            Ok(alternate(ROUNDS, || render(&program, 2), || render(&program, 1)))
        },
    },
    Row {
        name: "native build of the ray tracer on 2 threads / on 1 thread",
        target: Target::Any,
        measure: || {
            let native = programs::native_renderer()?;
            Ok(alternate(ROUNDS, || render_natively(&native, 2), || render_natively(&native, 1)))
        },
    },
    Row {
        name: "the ray tracer, threadified / the raw module, same engine",
        target: NO_COST,
        measure: || {
            let program = renderer()?;
            let raw = Module::new(guest::runtime().engine(), raw::with_table(&programs::renderer()?));
            let raw = raw.map_err(|error| error.to_string())?;
            let render_raw = || assert_eq!(Raw::new(&raw).call::<_, i32>("render", (1, SIZE[0], SIZE[1])), 0);
            Ok(alternate(ROUNDS, || run_of(|| _ = render(&program, 1)), || run_of(render_raw)))
        },
    },
    Row {
        name: "calls, loads and stores, threadified / the raw module, same engine",
        target: NO_COST,
        measure: || {
            let program = guest::program(KERNEL);
            let raw = Module::new(guest::runtime().engine(), guest::module(KERNEL)).expect("a module");
            let compute_raw = || {
                let mut raw = Raw::new(&raw);
                run_of(|| assert_eq!(raw.call::<_, u32>("compute", COUNT), guest::kernel(COUNT)))
            };
            Ok(alternate(timing::ROUNDS, || guest::time_run(&program, COUNT), compute_raw))
        },
    },
];

const ROUNDS: usize = 7;

/// "No measurable cost": what is left is noise.
const NO_COST: Target = Target::AtMost(1.02);

/// How often the kernel runs in one round.
const COUNT: u32 = 100;

/// The image's size in pixels: some tenths of a second.
const SIZE: [i32; 2] = [320, 200];

/// How long the processors worked on something.
fn run_of(work: impl FnOnce()) -> Duration {
    let before = process_run();
    work();
    process_run() - before
}

fn renderer() -> Result<Program, String> {
    Program::new(guest::runtime(), &programs::renderer()?).map_err(|error| error.to_string())
}

fn against_native(threads: i32) -> Result<Figures, String> {
    let (program, native) = (renderer()?, programs::native_renderer()?);
    Ok(alternate(ROUNDS, || render(&program, threads), || render_natively(&native, threads)))
}

fn render(program: &Program, threads: i32) -> Duration {
    let (sender, said) = mpsc::channel();
    let process = program.process().entry("render").entry_args([threads, SIZE[0], SIZE[1]].map(Value::I32));
    let outcome = process.stdout(io::sink()).stderr(Lines(sender)).run().expect("a process");
    assert_eq!(outcome, Outcome::Returned(vec![Value::I32(0)]));
    milliseconds(&String::from_utf8(said.into_iter().flatten().collect()).expect("text"))
}

fn render_natively(native: &std::path::Path, threads: i32) -> Duration {
    let numbers = [threads, SIZE[0], SIZE[1]].map(|number| number.to_string());
    let output = Command::new(native).args(numbers).stdout(Stdio::null()).output().expect("the renderer");
    assert!(output.status.success());
    milliseconds(&String::from_utf8(output.stderr).expect("text"))
}

/// The time that the ray tracer tells, which is that of the computation alone, on either side.
fn milliseconds(said: &str) -> Duration {
    let number = said.trim().strip_suffix(" ms").and_then(|said| said.rsplit(' ').next()?.parse().ok());
    Duration::from_millis(number.unwrap_or_else(|| panic!("no time in {said:?}")))
}

struct Lines(mpsc::Sender<Vec<u8>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(bytes.to_vec()).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
