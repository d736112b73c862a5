//! Which instances may run one thread after another.

use raddle_threadify::{Options, threadify};

/// Whether an instance of a module with these fields may be used again.
fn is_reusable(fields: &str) -> bool {
    let text = format!(
        r#"(module
        (import "env" "memory" (memory 1 2 shared))
        (global $sp (export "__stack_pointer") (mut i32) (i32.const 65536))
        (global $tls (export "__tls_base") (mut i32) (i32.const 0))
        (global (export "__tls_size") i32 (i32.const 4))
        (global (export "__tls_align") i32 (i32.const 4))
        (table 2 funcref)
        (data $tdata "\01\00\00\00")
        (func (export "__wasm_init_tls") (param i32)
          (global.set $tls (local.get 0))
          (memory.init $tdata (local.get 0) (i32.const 0) (i32.const 4)))
        (func (export "frame")
          (global.set $sp (i32.sub (global.get $sp) (i32.const 16)))
          (i32.store (global.get $sp) (i32.const 38))
          (global.set $sp (i32.add (global.get $sp) (i32.const 16))))
        {fields})"#
    );
    let wasm = wat::parse_str(text).expect("valid text");
    let done = threadify(&wasm, &Options::new()).expect("a module that can be threadified");
    let said = done.report.to_string().contains("every thread needs a new instance");
    assert_eq!((done.section.reusable, said), (done.report.reusable, !done.report.reusable));
    done.section.reusable
}

#[test]
fn an_instance_that_keeps_nothing_of_a_thread_may_run_the_next() {
    for fields in [
        "",
        // What a thread sees of them is the same in every instance.
        "(global i32 (i32.const 7)) (global (mut i64) (i64.const 7)) (table 3 externref)",
        "(func (export \"a\") (result i32) (drop (table.get 0 (i32.const 1))) (table.size 0))",
        "(func (export \"a\") (memory.fill (i32.const 38) (i32.const 0) (i32.const 252)))",
        // Bytes that look like a change of a table, and none.
        "(func (export \"a\") (result i32) (i32.add (i32.const 38) (i32.const 0)))",
        "(func (export \"a\") (result f64) (f64.const nan:0xc26000000fc09))",
    ] {
        assert!(is_reusable(fields), "{fields}");
    }
}

#[test]
fn what_may_keep_something_may_not() {
    for fields in [
        "(global $g (mut i64) (i64.const 7)) (func (export \"a\") (global.set $g (i64.const 8)))",
        "(func (export \"a\") (table.set 0 (i32.const 1) (ref.null func)))",
        "(table $other 1 externref) (func (export \"a\") (table.set $other (i32.const 0) (ref.null extern)))",
        "(func (export \"a\") (result i32) (table.grow 0 (ref.null func) (i32.const 1)))",
        "(func (export \"a\") (table.fill 0 (i32.const 0) (ref.null func) (i32.const 1)))",
        "(func (export \"a\") (table.copy 0 0 (i32.const 0) (i32.const 1) (i32.const 1)))",
        "(elem $e funcref (ref.null func)) (func (export \"a\") (table.init 0 $e (i32.const 0) (i32.const 0) (i32.const 1)))",
        "(elem $e funcref (ref.null func)) (func (export \"a\") (elem.drop $e))",
        "(data $d \"a\") (func (export \"a\") (data.drop $d))",
        // An object that the global always has, and that changes.
        "(type $s (struct (field (mut i32)))) (global $g (ref $s) (struct.new $s (i32.const 1)))
         (func (export \"a\") (struct.set $s 0 (global.get $g) (i32.const 2)))",
    ] {
        assert!(!is_reusable(fields), "{fields}");
    }
}

/// The start function that wasm-ld writes, with places for something more.
fn start(at_writing: &str, at_end: &str) -> String {
    format!(
        r#"(data $d "abc") (global $g (mut i32) (i32.const 0))
        (func $start
          (block $drop
            (block $wait
              (block $write
                (br_table $write $wait $drop
                  (i32.atomic.rmw.cmpxchg (i32.const 1024) (i32.const 0) (i32.const 1))))
              (memory.init $d (i32.const 2048) (i32.const 0) (i32.const 3))
              (memory.fill (i32.const 4096) (i32.const 0) (i32.const 64))
              {at_writing}
              (i32.atomic.store (i32.const 1024) (i32.const 2))
              (drop (memory.atomic.notify (i32.const 1024) (i32.const -1)))
              (br $drop))
            (drop (memory.atomic.wait32 (i32.const 1024) (i32.const 1) (i64.const -1))))
          {at_end}
          (data.drop $d))
        (start $start)"#
    )
}

#[test]
fn the_linkers_start_function_does_nothing_the_second_time() {
    assert!(is_reusable(&start("", "")));
    assert!(is_reusable(&start("(global.set $tls (i32.const 2048))", "")));
}

/// It would write the segments again, from an instance that has dropped them.
#[test]
fn a_start_function_that_can_be_done_anew_is_none_of_the_linkers() {
    const WRITTEN: &str = "(i32.atomic.store (i32.const 1024) (i32.const 2))";
    let linkers = start("", "");
    assert!(linkers.contains(WRITTEN));
    for other in [
        "",
        "(i32.atomic.store (i32.const 1024) (i32.const 0))",
        "(i32.atomic.store (i32.const 1028) (i32.const 2))",
        "(i32.atomic.store offset=4 (i32.const 1024) (i32.const 2))",
        "(i32.atomic.store (i32.const 1024) (i32.const 2)) (memory.fill (i32.const 1024) (i32.const 0) (i32.const 4))",
        "(i32.atomic.store (i32.const 1024) (i32.const 2)) (i32.atomic.store (i32.const 1024) (i32.const 0))",
    ] {
        assert!(!is_reusable(&linkers.replace(WRITTEN, other)), "{other}");
    }
}

#[test]
fn any_other_start_function_may_do_anything() {
    for fields in [
        "(func $start) (start $start)",
        // Each instance's, and it cannot be done twice.
        "(data $d \"abc\") (func $start (memory.init $d (i32.const 9) (i32.const 0) (i32.const 3)) (data.drop $d)) (start $start)",
    ] {
        assert!(!is_reusable(fields), "{fields}");
    }
    assert!(!is_reusable(&start("(call $start)", "")));
    assert!(!is_reusable(&start("(global.set $g (i32.const 1))", "")));
    assert!(!is_reusable(&start("", "(i32.store (i32.const 4) (i32.const 1))")));
    assert!(!is_reusable(&start("", "(global.set $g (i32.const 1))")));
}
