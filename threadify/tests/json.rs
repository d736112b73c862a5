//! What the feature `serde` writes.

use raddle_threadify::{Options, inspect, threadify};
use serde_json::{Value, json, to_value};

fn wasm(text: &str) -> Vec<u8> {
    wat::parse_str(text).unwrap()
}

const PROGRAM: &str = r#"(module
    (import "env" "memory" (memory 1 1 shared))
    (global (export "__stack_pointer") (mut i32) (i32.const 65536))
    (func (export "f") (param i32) (result i32) (memory.atomic.notify (local.get 0) (i32.const 1))))"#;

#[test]
fn an_inspection_tells_its_parts_by_name() {
    let told = to_value(inspect(&wasm(PROGRAM)).unwrap()).unwrap();
    assert_eq!(told["class"], "ready");
    assert_eq!(told["refusal"], Value::Null);
    assert_eq!(told["symbols"], json!([{ "name": "__stack_pointer", "how": "export", "value": 65536 }]));
    assert_eq!(told["waits"], 1);
    assert_eq!(told["exports"], json!([{ "name": "f", "params": ["i32"], "results": ["i32"] }]));
    assert_eq!(told["imports"], json!([{ "module": "env", "name": "memory", "kind": "memory" }]));
}

#[test]
fn an_inspection_of_a_finished_module_tells_its_section() {
    let done = threadify(&wasm(PROGRAM), &Options::new()).unwrap();
    let told = to_value(inspect(&done.wasm).unwrap()).unwrap();
    assert_eq!(told["class"], "raddle-done");
    assert_eq!(told["refusal"]["code"], "TF0006");
    assert_eq!(
        told["section"],
        json!({
            "pointer_bits": 32,
            "memory": { "module": "env", "name": "memory", "minimum": 1, "maximum": 65536 },
            "tls": null,
            "stack": { "top": 65536, "limit": 0 },
            "stack_checked": false,
            "init": false,
            "table": false,
            "hooks": true,
            "growable": true,
            "reusable": true,
            "functions": 1,
            "instance_size": done.section.instance_size,
        })
    );
}

#[test]
fn a_report_tells_what_was_done() {
    let done = threadify(&wasm(PROGRAM), &Options::new()).unwrap();
    let told = to_value(&done.report).unwrap();
    assert_eq!(told["maximum_raised"], json!({ "from": 1, "to": 65536 }));
    assert_eq!(told["code_offsets"], "kept");
    assert_eq!(told["waits"], 1);
    assert_eq!(told["warnings"], json!(["no-table"]));
}
