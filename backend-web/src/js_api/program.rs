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
pub struct JsProgram(pub(super) Program);

#[wasm_bindgen(js_class = Program)]
impl JsProgram {
    /// The functions that can be an entry.
    #[wasm_bindgen(getter)]
    pub fn exports(&self) -> Array {
        let types = |types: &[ValueType]| types.iter().map(|ty| JsValue::from(ty.name())).collect::<Array>();
        let export = |(name, ty): (&str, &FunctionType)| {
            js::object(&[("name", &name.into()), ("params", &types(&ty.params)), ("results", &types(&ty.results))])
        };
        self.0.exports().iter().map(export).collect()
    }

    /// What threadify did, for people.
    #[wasm_bindgen(getter)]
    pub fn report(&self) -> Option<String> {
        self.0.report().map(ToString::to_string)
    }

    /// Starts a process.
    pub fn start(&self, options: JsValue) -> Promise {
        let program = self.0.clone();
        future_to_promise(async move { Ok(JsProcess(begin(&program, &options, |_| {}).await?).into()) })
    }

    /// Starts a process with a notifier that is there before any thread runs.
    #[wasm_bindgen(js_name = startWithNotifier)]
    pub fn start_with_notifier(&self, options: JsValue) -> Promise {
        let program = self.0.clone();
        future_to_promise(async move {
            let mut notifier = None;
            let process = begin(&program, &options, |process| notifier = Some(process.notifier())).await?;
            let notifier = notifier.unwrap_or_else(|| process.notifier());
            let process = JsProcess(process).into();
            Ok(js::object(&[("process", &process), ("notifier", &JsNotifier(notifier).into())]).into())
        })
    }

    /// Starts a process and waits for its end.
    pub fn run(&self, options: JsValue) -> Promise {
        let program = self.0.clone();
        future_to_promise(async move {
            let signal = signal(&options)?;
            let ended = begin(&program, &options, |_| {}).await?.wait().await;
            match signal.filter(|signal| signal.aborted() && ended == Outcome::Killed) {
                Some(signal) => Err(signal.reason()),
                None => Ok(outcome(&ended)),
            }
        })
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
