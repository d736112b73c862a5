//! Reading the attributes of `thread_spawn`.

use alloc::string::String;

use crate::{
    abi::{
        MAX_NAME_LEN, Status,
        attributes::{ALL_FLAGS, AttributeLayout, DETACHED},
    },
    host::{GuestBytes, GuestMemory, Host},
    protocols::kernel::Kernel,
};

/// What a spawner asks for.
#[derive(Debug, Default)]
pub(crate) struct Attributes {
    pub(crate) detached: bool,
    /// 0 for the default.
    pub(crate) stack_size: u64,
    pub(crate) name: String,
}

impl Attributes {
    /// Reads the attributes at an address; 0 means none. A field that `size` does not fully cover is absent.
    pub(crate) fn read<H: Host>(kernel: &Kernel<H>, attr: u64) -> Result<Attributes, Status> {
        let mut attributes = Attributes::default();
        if attr == 0 {
            return Ok(attributes);
        }
        let layout = AttributeLayout::new(kernel.pointer_width);
        let pointer = kernel.pointer_width.bytes();
        let at = |offset: u32| attr.checked_add(u64::from(offset)).ok_or(Status::Fault);
        let size = kernel.memory().load32(at(layout.size)?)?;
        if size < 4 {
            return Err(Status::Invalid);
        }
        if size >= layout.flags + 4 {
            let flags = kernel.memory().load32(at(layout.flags)?)?;
            if flags & !ALL_FLAGS != 0 {
                return Err(Status::Invalid);
            }
            attributes.detached = flags & DETACHED != 0;
        }
        if size >= layout.stack_size + pointer {
            attributes.stack_size = kernel.load_pointer(at(layout.stack_size)?)?;
        }
        if size >= layout.len {
            let name = kernel.load_pointer(at(layout.name)?)?;
            let len = kernel.load_pointer(at(layout.name_len)?)?;
            let bytes = GuestBytes::new(kernel.memory(), name, len)?;
            attributes.name = bytes.text(MAX_NAME_LEN).ok_or(Status::Invalid)?;
        }
        Ok(attributes)
    }
}
