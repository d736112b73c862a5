//! An import whose answer comes from `async` code: guest threads wait for tasks of tokio's, and can be stopped
//! meanwhile. Any other executor does as well.
//!
//! `cargo run --release -p raddle-backend-native --example outside`

use std::{error::Error, time::Duration};

use raddle_backend_native::{
    Outcome, Program, Runtime, ThreadState, Value,
    wasmtime::{self, Caller},
};
use tokio::{runtime::Handle, sync::oneshot};

/// `main` asks for the answer to a number; asked for 0, it waits for ever.
const GUEST: &str = r#"(module
  (import "oracle" "ask" (func $ask (param i32) (result i32)))
  (memory 1 1 shared)
  (func (export "main") (param $number i32) (result i32) (call $ask (local.get $number))))"#;

// ANCHOR: import
/// What takes its time, on an executor that the guest's threads are not part of.
async fn consider(number: i32) -> i32 {
    let pause = if number == 0 { Duration::MAX } else { Duration::from_millis(10) };
    tokio::time::sleep(pause).await;
    2 * number
}

/// The import: the task runs on tokio's thread, and the guest's thread waits for it.
fn ask(tokio: &Handle, caller: &ThreadState<()>, number: i32) -> wasmtime::Result<i32> {
    let (answer, answered) = oneshot::channel();
    tokio.spawn(async move { answer.send(consider(number).await) });
    Ok(caller.block_on(answered)??)
}
// ANCHOR_END: import

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let program = Program::new(&Runtime::new()?, &wat::parse_str(GUEST)?)?;
    let start = |number| -> Result<_, Box<dyn Error>> {
        let (mut linker, tokio) = (program.linker(), Handle::current());
        linker.func_wrap("oracle", "ask", move |caller: Caller<'_, ThreadState<()>>, number: i32| {
            ask(&tokio, caller.data(), number)
        })?;
        Ok(program.process_with(linker, |_| ()).entry_args([Value::I32(number)]).start()?)
    };
    assert_eq!(start(21)?.await, Outcome::Returned(vec![Value::I32(42)]));

    let waits_for_ever = start(0)?;
    assert!(tokio::time::timeout(Duration::from_millis(20), &waits_for_ever).await.is_err());
    waits_for_ever.kill();
    assert_eq!(waits_for_ever.await, Outcome::Killed);
    Ok(())
}

#[test]
fn it_is_answered_and_stopped() -> Result<(), Box<dyn Error>> {
    main()
}
