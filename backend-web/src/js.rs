//! The API for JavaScript: the same types, with options as plain objects. `npm/index.d.ts` has their types and
//! documentation.

use std::time::Duration;

use js_sys::{Array, Function, JSON, Object, Promise, Reflect, Uint8Array};
use raddle_runtime_api::{FunctionType, Outcome, Value, ValueType};
use raddle_threadify::Options;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::{future_to_promise, spawn_local};
use web_sys::AbortSignal;

use crate::{
    error::Error,
    process::{Notifier, Process, ProcessBuilder},
    program::{Program, ProgramOptions},
    runtime::{Runtime, RuntimeOptions},
    script::{self, Listener},
    start,
};

/// What is thrown: an `Error` whose `name` is `RaddleError`, with the code beside it.
impl From<Error> for JsValue {
    fn from(error: Error) -> JsValue {
        let thrown = js_sys::Error::new(&error.to_string());
        thrown.set_name("RaddleError");
        script::set(&thrown, "code", &error.code().into());
        thrown.into()
    }
}

/// See `index.d.ts`.
#[wasm_bindgen(js_name = Runtime)]
#[derive(Debug)]
pub struct JsRuntime(Runtime);

#[wasm_bindgen(js_class = Runtime)]
impl JsRuntime {
    /// Makes a runtime.
    ///
    /// # Errors
    /// As [`Runtime::with_options`].
    pub async fn create(options: JsValue) -> Result<JsRuntime, JsValue> {
        let known = Known { what: "Runtime.create", options: &options };
        known.only(&["workerUrl", "maxWorkers", "spares", "parallelism"])?;
        let options = RuntimeOptions {
            worker_url: known.text("workerUrl")?,
            max_workers: known.count("maxWorkers")?,
            spares: known.count("spares")?,
            parallelism: known.count("parallelism")?,
        };
        Ok(JsRuntime(Runtime::with_options(options).await?))
    }

    /// Compiles a module.
    pub fn compile(&self, wasm: JsValue, options: JsValue) -> Promise {
        let runtime = self.0.clone();
        future_to_promise(async move {
            let known = Known { what: "compile", options: &options };
            known.only(&["stackCheck"])?;
            let threadify = Options::new().stack_check(known.flag("stackCheck")?);
            let bytes = bytes_of(&wasm).ok_or_else(|| {
                let message = "compile takes the bytes of a module: an ArrayBuffer, or a view of one as a Uint8Array, \
                               that was not transferred"
                    .into();
                Error::Option { message }
            })?;
            let program = runtime.compile_with(&bytes, &ProgramOptions { threadify }).await?;
            Ok(JsProgram(program).into())
        })
    }

    /// How many workers there are.
    #[wasm_bindgen(getter)]
    pub fn workers(&self) -> u32 {
        self.0.workers()
    }

    /// Kills every process.
    pub fn close(&self) {
        self.0.close();
    }
}

/// The bytes of a buffer or of what a view shows of one, whichever window's they are; `None` of anything else, and of
/// one that was transferred.
fn bytes_of(source: &JsValue) -> Option<Vec<u8>> {
    let args = if js_sys::ArrayBuffer::is_view(source) {
        Array::of3(
            &script::get(source, "buffer"),
            &script::get(source, "byteOffset"),
            &script::get(source, "byteLength"),
        )
    } else if script::class(source)? == "[object ArrayBuffer]" {
        Array::of1(source)
    } else {
        return None;
    };
    // By this, what it throws is a value.
    let class = script::get(&js_sys::global(), "Uint8Array").unchecked_into::<Function>();
    let bytes = Reflect::construct(&class, &args).ok()?;
    Some(bytes.unchecked_into::<Uint8Array>().to_vec())
}

/// See `index.d.ts`.
#[wasm_bindgen(js_name = Program)]
#[derive(Debug)]
pub struct JsProgram(Program);

#[wasm_bindgen(js_class = Program)]
impl JsProgram {
    /// The functions that can be an entry.
    #[wasm_bindgen(getter)]
    pub fn exports(&self) -> Array {
        let types = |types: &[ValueType]| types.iter().map(|ty| JsValue::from(ty.name())).collect::<Array>();
        let export = |(name, ty): (&str, &FunctionType)| {
            script::object(&[("name", &name.into()), ("params", &types(&ty.params)), ("results", &types(&ty.results))])
        };
        self.0.exports().map(export).collect()
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
            Ok(script::object(&[("process", &process), ("notifier", &JsNotifier(notifier).into())]).into())
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
    let Some(signal) = signal(options)? else { return Ok(start::start(builder, before).await?) };
    if signal.aborted() {
        return Err(signal.reason());
    }
    let mut listener = None;
    let started = start::start(builder, |process| {
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

/// See `index.d.ts`.
#[wasm_bindgen(js_name = Process)]
#[derive(Debug)]
pub struct JsProcess(Process);

#[wasm_bindgen(js_class = Process)]
impl JsProcess {
    /// Waits for the end.
    pub fn wait(&self) -> Promise {
        let process = self.0.clone();
        future_to_promise(async move { Ok(outcome(&process.wait().await)) })
    }

    /// Waits for the end, but not longer than so many milliseconds.
    #[wasm_bindgen(js_name = waitTimeout)]
    pub fn wait_timeout(&self, milliseconds: f64) -> Promise {
        let process = self.0.clone();
        future_to_promise(async move {
            if milliseconds.is_nan() || milliseconds < 0.0 {
                let message = format!("waitTimeout: {milliseconds} is no time: give milliseconds, 0 or more");
                return Err(Error::Option { message }.into());
            }
            // More than a duration can be, as `Infinity` is, is for ever.
            let timeout = Duration::try_from_secs_f64(milliseconds / 1000.0).unwrap_or(Duration::MAX);
            Ok(process.wait_timeout(timeout).await.as_ref().map_or(JsValue::UNDEFINED, outcome))
        })
    }

    /// The outcome; `undefined` while the process runs.
    #[wasm_bindgen(getter)]
    pub fn outcome(&self) -> JsValue {
        self.0.outcome().as_ref().map_or(JsValue::UNDEFINED, outcome)
    }

    /// The outcome as the text of the JSON that `raddle run --report` writes, in which no integer loses its last
    /// digits.
    #[wasm_bindgen(getter, js_name = outcomeJson)]
    pub fn outcome_json(&self) -> Option<String> {
        self.0.outcome().map(|outcome| json(&outcome))
    }

    /// Ends the process.
    pub fn kill(&self) -> bool {
        self.0.kill()
    }

    /// A notifier.
    pub fn notifier(&self) -> JsNotifier {
        JsNotifier(self.0.notifier())
    }

    /// Counts.
    #[wasm_bindgen(getter)]
    pub fn stats(&self) -> Object {
        let stats = self.0.stats();
        script::object(&[
            ("spawned", &stats.threads.spawned.into()),
            ("live", &stats.threads.live.into()),
            ("peakLive", &stats.threads.peak_live.into()),
            ("slotsInUse", &stats.threads.slots_in_use.into()),
            ("memory", &JsValue::from(stats.threads.memory as f64)),
            ("workers", &stats.workers.into()),
        ])
    }

    /// The guest's memory.
    #[wasm_bindgen(getter)]
    pub fn memory(&self) -> JsValue {
        self.0.memory().memory().into()
    }
}

/// See `index.d.ts`.
#[wasm_bindgen(js_name = Notifier)]
#[derive(Debug)]
pub struct JsNotifier(Notifier);

#[wasm_bindgen(js_class = Notifier)]
impl JsNotifier {
    /// Wakes threads that wait at an address, all of them unless it is told how many.
    ///
    /// # Errors
    /// A `RaddleError` where the guest's own notify would trap, and for what is no address.
    pub fn notify(&self, address: f64, count: Option<f64>) -> Result<u32, JsValue> {
        let refused = |why: String| Error::Option { message: format!("notify: {why}") };
        if address.fract() != 0.0 || address < 0.0 {
            return Err(refused(format!("{address} is no address: give a whole number from 0 up")).into());
        }
        // More than a number can be, as `Infinity` is, is all.
        let count = count.map_or(u32::MAX, |count| count as u32);
        let woken = self.0.notify(address as u64, count);
        Ok(woken.map_err(|fault| refused(format!("{fault}: {address}")))?)
    }
}

/// An outcome as `index.d.ts` has it.
fn outcome(outcome: &Outcome) -> JsValue {
    let object = JSON::parse(&json(outcome)).unwrap_or(JsValue::UNDEFINED);
    if let (Outcome::Returned(values), Some(object)) = (outcome, object.dyn_ref::<Object>()) {
        // JSON's numbers lose digits of 64-bit integers, and it has none for what is not finite.
        let result =
            |value: &Value| script::object(&[("type", &value.ty().name().into()), ("value", &start::to_js(*value))]);
        script::set(object, "results", &values.iter().map(result).collect::<Array>());
    }
    object
}

fn json(outcome: &Outcome) -> String {
    // An outcome is text and numbers.
    serde_json::to_string(outcome).unwrap_or_default()
}

fn signal(options: &JsValue) -> Result<Option<AbortSignal>, Error> {
    Known { what: "start", options }.signal("signal")
}

fn builder(program: &Program, options: &JsValue) -> Result<ProcessBuilder, Error> {
    let known = Known { what: "start", options };
    known.only(&[
        "entry",
        "args",
        "maxThreads",
        "maxMemory",
        "stackSize",
        "maxWait",
        "maxOutput",
        "timeLimit",
        "stdout",
        "stderr",
        "onEvent",
        "imports",
        "poolSize",
        "signal",
    ])?;
    let mut builder = program.process();
    if let Some(entry) = known.text("entry")? {
        builder = builder.entry(entry);
    }
    if let Some(threads) = known.count("maxThreads")? {
        builder = builder.max_threads(threads);
    }
    if let Some(bytes) = known.bytes("maxMemory")? {
        builder = builder.max_memory(bytes);
    }
    if let Some(bytes) = known.bytes("stackSize")? {
        builder = builder.stack_size(bytes);
    }
    if let Some(bytes) = known.bytes("maxOutput")? {
        builder = builder.max_output(bytes);
    }
    if let Some(limit) = known.milliseconds("maxWait")? {
        builder = builder.max_wait(limit);
    }
    if let Some(limit) = known.milliseconds("timeLimit")? {
        builder = builder.time_limit(limit);
    }
    if let Some(url) = known.text("imports")? {
        builder = builder.imports(url);
    }
    if let Some(workers) = known.count("poolSize")? {
        builder = builder.pool_size(workers);
    }
    if let Some(sink) = known.function("stdout")? {
        builder.sinks.stdout = Box::new(move |bytes| call(&sink, bytes));
    }
    if let Some(sink) = known.function("stderr")? {
        builder.sinks.stderr = Box::new(move |bytes| call(&sink, bytes));
    }
    if let Some(on_event) = known.function("onEvent")? {
        builder.sinks.on_event = Some(Box::new(move |event| call(&on_event, event)));
    }
    match known.get("args") {
        Some(args) => {
            let args = read_args(program, &builder, &args)?;
            Ok(builder.args(args))
        }
        None => Ok(builder),
    }
}

/// Calls a function of the embedder's. What it throws is its own, and told by the console: the process goes on.
fn call(function: &Function, argument: &JsValue) {
    if let Err(error) = function.call1(&JsValue::UNDEFINED, argument) {
        web_sys::console::error_1(&error);
    }
}

/// Arguments: numbers and `BigInt`s, which take the types of the entry's parameters, or objects that say their type.
fn read_args(program: &Program, builder: &ProcessBuilder, args: &JsValue) -> Result<Vec<Value>, Error> {
    let wrong = |message: String| Error::Option { message };
    let args = args.dyn_ref::<Array>().ok_or_else(|| wrong("start: args is no array".into()))?;
    let params = builder.entry_type(program).map(|ty| ty.params.clone()).unwrap_or_default();
    let read = |(place, arg): (usize, JsValue)| {
        let named = script::get(&arg, "type").as_string();
        let (ty, value) = match named {
            Some(name) => {
                let ty = ValueType::find(&name);
                (
                    ty.ok_or_else(|| {
                        wrong(format!("start: args[{place}] has the type {name}: give i32, i64, f32 or f64"))
                    })?,
                    script::get(&arg, "value"),
                )
            }
            // One too many is told by its own type.
            None => (
                params.get(place).copied().unwrap_or(if arg.is_bigint() { ValueType::I64 } else { ValueType::F64 }),
                arg,
            ),
        };
        let fail = || {
            wrong(format!(
                "start: args[{place}] is no {ty}: give {}",
                if ty == ValueType::I64 { "a BigInt" } else { "a number" }
            ))
        };
        let float = value.as_f64();
        // As JavaScript itself passes a number to wasm: modulo 2^32.
        Ok(match ty {
            ValueType::I32 => Value::I32(float.map(to_int32).ok_or_else(fail)?),
            ValueType::I64 => Value::I64(big(&value).ok_or_else(fail)?),
            ValueType::F32 => Value::F32(float.ok_or_else(fail)? as f32),
            ValueType::F64 => Value::F64(float.ok_or_else(fail)?),
        })
    };
    args.iter().enumerate().map(read).collect()
}

fn to_int32(number: f64) -> i32 {
    if number.is_finite() { (number.trunc().rem_euclid(4_294_967_296.0) as u32).cast_signed() } else { 0 }
}

/// A 64-bit integer: a `BigInt`, or a number without a fraction.
fn big(value: &JsValue) -> Option<i64> {
    match value.as_f64() {
        Some(number) if number.fract() == 0.0 => Some(number as i64),
        Some(_) => None,
        None => {
            let bits = js_sys::BigInt::as_int_n(64.0, value.dyn_ref::<js_sys::BigInt>()?);
            i64::try_from(bits).ok()
        }
    }
}

/// An object of options, of which each has a type, and none is unknown.
struct Known<'a> {
    what: &'static str,
    options: &'a JsValue,
}

impl Known<'_> {
    /// # Errors
    /// [`Error::Option`] names one that is not among these.
    fn only(&self, names: &[&str]) -> Result<(), Error> {
        if self.options.is_undefined() || self.options.is_null() {
            return Ok(());
        }
        let Some(options) = self.options.dyn_ref::<Object>() else {
            return Err(Error::Option { message: format!("{}: the options are no object", self.what) });
        };
        let keys = Object::keys(options);
        match keys.iter().filter_map(|key| key.as_string()).find(|key| !names.contains(&key.as_str())) {
            Some(key) => {
                let message = format!("{} has no option {key}; it has {}", self.what, names.join(", "));
                Err(Error::Option { message })
            }
            None => Ok(()),
        }
    }

    fn get(&self, name: &str) -> Option<JsValue> {
        let value = script::get(self.options, name);
        (!value.is_undefined() && !value.is_null()).then_some(value)
    }

    fn read<T>(&self, name: &str, kind: &str, read: impl FnOnce(&JsValue) -> Option<T>) -> Result<Option<T>, Error> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let message = || format!("{}: {name} must be {kind}", self.what);
        read(&value).map(Some).ok_or_else(|| Error::Option { message: message() })
    }

    fn text(&self, name: &str) -> Result<Option<String>, Error> {
        // A URL object is text, too.
        self.read(name, "a string", |value| value.as_string().or_else(|| script::get(value, "href").as_string()))
    }

    fn flag(&self, name: &str) -> Result<bool, Error> {
        Ok(self.read(name, "true or false", JsValue::as_bool)?.unwrap_or(false))
    }

    fn whole(&self, name: &str, most: f64) -> Result<Option<f64>, Error> {
        let kind = format!("a whole number from 0 to {most}");
        self.read(name, &kind, |value| {
            value.as_f64().filter(|number| number.fract() == 0.0 && (0.0..=most).contains(number))
        })
    }

    fn count(&self, name: &str) -> Result<Option<u32>, Error> {
        Ok(self.whole(name, f64::from(u32::MAX))?.map(|number| number as u32))
    }

    fn bytes(&self, name: &str) -> Result<Option<u64>, Error> {
        Ok(self.whole(name, js_sys::Number::MAX_SAFE_INTEGER)?.map(|number| number as u64))
    }

    fn milliseconds(&self, name: &str) -> Result<Option<Duration>, Error> {
        self.read(name, "milliseconds, 0 or more", |value| {
            value.as_f64().and_then(|number| Duration::try_from_secs_f64(number / 1000.0).ok())
        })
    }

    fn signal(&self, name: &str) -> Result<Option<AbortSignal>, Error> {
        // Another window's is no instance of this one's class.
        let is_one = |value: &JsValue| script::class(value).is_some_and(|class| class == "[object AbortSignal]");
        self.read(name, "an AbortSignal", |value| is_one(value).then(|| value.clone().unchecked_into()))
    }

    fn function(&self, name: &str) -> Result<Option<Function>, Error> {
        self.read(name, "a function", |value| value.dyn_ref::<Function>().cloned())
    }
}
