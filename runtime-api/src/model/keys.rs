//! TLS keys: a value's destructor is that of the key it was set by.

use super::{Defect, Field, Model, holds, spawn};
use crate::{
    Threads,
    abi::{FOREVER, Status},
};

const KEY: u64 = 0x100;

/// Two threads make three keys each.
fn creation(defect: Defect) {
    const EACH: u64 = 3;
    let mut model = Model::new(defect);
    let creator = model.function(|thread, out| {
        for out in (out..).step_by(4).take(EACH as usize) {
            assert_eq!(thread.tls_create(0, out)?, Status::Ok);
        }
        Ok(0)
    });
    model.returns(move |thread| {
        let creators = [spawn(thread, creator, KEY)?, spawn(thread, creator, KEY + 4 * EACH)?];
        for creator in creators {
            assert_eq!(thread.thread_join(creator, FOREVER, 0)?, Status::Ok);
        }
        let mut keys = [0, 1, 2, 3, 4, 5].map(|place| thread.load(KEY + 4 * place));
        keys.sort_unstable();
        assert_eq!(keys, [1, 2, 3, 4, 5, 6]);
        Ok(())
    });
}

#[test]
fn a_key_is_made_once() {
    holds(1000, creation).catches(4000, &[Defect::Torn(Field::KeyLock)]);
}

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
    holds(3000, destructors).catches(4000, &[Defect::Late(Field::KeyDestructor)]);
}
