//! TLS keys: a value's destructor is that of the key it was set by.

use super::{Defect, Field, Model, catches, holds, spawn};
use crate::{
    Threads,
    abi::{FOREVER, Status},
};

const KEY: u64 = 0x100;

/// A thread ends with a value while its key is deleted and another made in its place.
fn destructors(defect: Defect) {
    let mut model = Model::new(defect);
    let [first, second] = [1, 2].map(|expected| {
        model.function(move |_, value| {
            assert_eq!(value, expected, "a value of another key");
            Ok(0)
        })
    });
    let worker = model.function(|thread, _| {
        let key = thread.load(KEY) as i32;
        let _ = thread.tls_set(key, if key == 1 { 1 } else { 2 })?;
        Ok(0)
    });
    model.returns(move |thread| {
        assert_eq!(thread.tls_create(first, KEY)?, Status::Ok);
        assert_eq!(thread.load(KEY), 1);
        let workers = [spawn(thread, worker, 0)?, spawn(thread, worker, 0)?];
        assert_eq!(thread.tls_delete(1)?, Status::Ok);
        assert_eq!(thread.tls_create(second, KEY)?, Status::Ok);
        for worker in workers {
            assert_eq!(thread.thread_join(worker, FOREVER, 0)?, Status::Ok);
        }
        Ok(())
    });
}

#[test]
fn a_destructor_gets_values_of_its_own_key() {
    holds(3000, destructors);
    catches(4000, destructors, &[Defect::Late(Field::KeyDestructor)]);
}
