//! The class `Program`.

use js_sys::{Array, Promise};
use raddle_runtime_api::{FunctionType, Outcome, ValueType};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::{future_to_promise, spawn_local};
use web_sys::AbortSignal;

use crate::{
    js,
    js::Listener,
    js_api::{
        held::Held,
        outcome::outcome,
        process::{JsNotifier, JsProcess},
        start_options::{builder, signal},
    },
    process::{self, Process},
    program::Program,
};

/// See `index.d.ts`.
#[wasm_bindgen(js_name = Program)]
#[derive(Debug)]
pub struct JsProgram(Held<Program>);

impl JsProgram {
    pub(super) fn new(program: Program) -> JsProgram {
        JsProgram(Held::new("Program", program))
    }
}

#[wasm_bindgen(js_class = Program)]
impl JsProgram {
    /// The functions that can be an entry.
    ///
    /// # Errors
    /// A `RaddleError` when it was released, here and below.
    #[wasm_bindgen(getter)]
    pub fn exports(&self) -> Result<Array, JsValue> {
        let types = |types: &[ValueType]| types.iter().map(|ty| JsValue::from(ty.name())).collect::<Array>();
        let export = |(name, ty): (&str, &FunctionType)| {
            js::object(&[("name", &name.into()), ("params", &types(&ty.params)), ("results", &types(&ty.results))])
        };
        Ok(self.0.get()?.exports().iter().map(export).collect())
    }

    /// What threadify did, for people.
    ///
    /// # Errors
    /// As for all.
    #[wasm_bindgen(getter)]
    pub fn report(&self) -> Result<Option<String>, JsValue> {
        Ok(self.0.get()?.report().map(ToString::to_string))
    }

    /// Starts a process.
    pub fn start(&self, options: JsValue) -> Promise {
        let program = self.0.get();
        future_to_promise(async move { Ok(JsProcess::new(begin(&program?, &options, |_| {}).await?).into()) })
    }

    /// Starts a process with a notifier that is there before any thread runs.
    #[wasm_bindgen(js_name = startWithNotifier)]
    pub fn start_with_notifier(&self, options: JsValue) -> Promise {
        let program = self.0.get();
        future_to_promise(async move {
            let mut notifier = None;
            let process = begin(&program?, &options, |process| notifier = Some(process.notifier())).await?;
            let notifier = notifier.unwrap_or_else(|| process.notifier());
            let (process, notifier) = (JsProcess::new(process), JsNotifier::new(notifier));
            Ok(js::object(&[("process", &process.into()), ("notifier", &notifier.into())]).into())
        })
    }

    /// Starts a process and waits for its end.
    pub fn run(&self, options: JsValue) -> Promise {
        let program = self.0.get();
        future_to_promise(async move {
            let program = program?;
            let signal = signal(&options)?;
            let ended = begin(&program, &options, |_| {}).await?.wait().await;
            match signal.filter(|signal| signal.aborted() && ended == Outcome::Killed) {
                Some(signal) => Err(signal.reason()),
                None => Ok(outcome(&ended)),
            }
        })
    }

    /// Lets go of it: `npm/index.js` calls this `free`.
    pub fn release(&self) {
        self.0.release();
    }
}

/// Starts a process, which its signal kills from then on. `before` sees it before any of it runs.
///
/// # Errors
/// [`Error`], or the signal's reason when that came first.
async fn begin(program: &Program, options: &JsValue, before: impl FnOnce(&Process)) -> Result<Process, JsValue> {
    let builder = builder(program, options)?;
    let Some(signal) = signal(options)? else { return Ok(process::start(builder, before).await?) };
    if signal.aborted() {
        return Err(signal.reason());
    }
    let mut listener = None;
    let started = process::start(builder, |process| {
        before(process);
        listener = Some(kill_on_abort(&signal, process.clone()));
    });
    let started = started.await;
    if signal.aborted() {
        return Err(signal.reason());
    }
    let process = started?;
    let running = process.clone();
    spawn_local(async move {
        running.wait().await;
        // A signal may be there for longer than a process.
        drop(listener);
    });
    Ok(process)
}

fn kill_on_abort(signal: &AbortSignal, process: Process) -> Listener {
    if signal.aborted() {
        process.kill();
    }
    let hear = move |_| {
        process.kill();
    };
    Listener::new(signal.clone().into(), "abort", hear)
}
