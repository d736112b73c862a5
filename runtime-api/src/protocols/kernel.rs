//! What every protocol works on: a host and the layout of its control words.

use crate::{
    abi::PointerWidth,
    host::{GuestMemory, Host, MemoryFault},
    outcome::ThreadLabel,
    program::Config,
    words::{BUCKET_STRIDE, Bucket, Chunk, Header, Lock, ThreadRecord, TlsKey, Word, WordLayout},
};

/// One process, as one host thread sees it. The protocols are `impl` blocks of this type, each in the module named
/// after it.
#[derive(Debug, Clone)]
pub(crate) struct Kernel<H> {
    pub(crate) host: H,
    pub(crate) layout: WordLayout,
    pub(crate) pointer_width: PointerWidth,
}

/// Bits of the header's `flags`.
pub(crate) mod flags {
    /// The module has a table 0, so that there are functions to start.
    pub(crate) const TABLE: u32 = 1;
    /// The memory may be grown for slots.
    pub(crate) const GROWABLE: u32 = 2;
    /// An instance's hooks must be filled.
    pub(crate) const HOOKS: u32 = 4;
    /// An instance must be initialised.
    pub(crate) const INIT: u32 = 8;
}

/// The index of a thread's record.
pub(crate) type Index = u32;

impl<H: Host> Kernel<H> {
    /// Lays out the words of a new process.
    pub(crate) fn create(host: H, config: &Config) -> Kernel<H> {
        let kernel = Kernel { layout: WordLayout::new(config.sizes), pointer_width: config.pointer_width, host };
        let header = kernel.header();
        header.max_threads().store(config.sizes.max_threads);
        header.buckets().store(config.sizes.buckets);
        header.max_keys().store(config.sizes.max_keys);
        header.max_units().store(config.sizes.max_units);
        header.pointer_bytes().store(config.pointer_width.bytes());
        let flags = [
            (config.table, flags::TABLE),
            (config.growable, flags::GROWABLE),
            (config.hooks, flags::HOOKS),
            (config.init, flags::INIT),
        ];
        header.flags().store(flags.iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| flag).sum());
        header.max_wait().store(config.max_wait);
        header.max_output().store(config.max_output);
        header.instance_size().store(config.instance_size);
        header.max_instance_memory().store(config.max_instance_memory);
        kernel.create_slots(config);
        // Last: whoever finds it finds everything else.
        header.magic().store(crate::words::MAGIC);
        kernel
    }

    /// The process that was created over the host's words.
    pub(crate) fn attach(host: H) -> Option<Kernel<H>> {
        let layout = WordLayout::of(host.words())?;
        let wide = Header::new(host.words(), 0).pointer_bytes().load() == PointerWidth::Bits64.bytes();
        let pointer_width = if wide { PointerWidth::Bits64 } else { PointerWidth::Bits32 };
        Some(Kernel { host, layout, pointer_width })
    }

    pub(crate) fn words(&self) -> &H::Words {
        self.host.words()
    }

    pub(crate) fn memory(&self) -> &H::Memory {
        self.host.memory()
    }

    pub(crate) fn header(&self) -> Header<'_, H::Words> {
        Header::new(self.words(), 0)
    }

    pub(crate) fn record(&self, index: Index) -> ThreadRecord<'_, H::Words> {
        ThreadRecord::new(self.words(), self.layout.threads + index * ThreadRecord::<()>::STRIDE)
    }

    pub(crate) fn bucket(&self, number: u32) -> Bucket<'_, H::Words> {
        Bucket::new(self.words(), self.layout.buckets + number * BUCKET_STRIDE)
    }

    pub(crate) fn chunk(&self, number: u32) -> Chunk<'_, H::Words> {
        Chunk::new(self.words(), self.layout.chunks + number * Chunk::<()>::STRIDE)
    }

    pub(crate) fn key(&self, index: u32) -> TlsKey<'_, H::Words> {
        TlsKey::new(self.words(), self.layout.keys + index * TlsKey::<()>::STRIDE)
    }

    /// Whether the process has a flag of [`flags`].
    pub(crate) fn has_flag(&self, flag: u32) -> bool {
        self.header().flags().load() & flag != 0
    }

    /// Takes one of the header's locks.
    pub(crate) fn lock(&self, word: Word<'_, H::Words>) -> Lock<'_, H> {
        Lock::acquire(&self.host, word.index())
    }

    /// When a time-out of this many nanoseconds passes; `None` for never. Negative waits for ever.
    pub(crate) fn deadline(&self, timeout: i64) -> Option<u64> {
        u64::try_from(timeout).ok().map(|timeout| self.host.now().saturating_add(timeout))
    }

    pub(crate) fn label(&self, index: Index) -> ThreadLabel {
        let record = self.record(index);
        ThreadLabel { id: record.id().load(), name: record.read_name() }
    }

    /// Reads a pointer-sized integer.
    pub(crate) fn load_pointer(&self, addr: u64) -> Result<u64, MemoryFault> {
        match self.pointer_width {
            PointerWidth::Bits32 => self.memory().load32(addr).map(u64::from),
            PointerWidth::Bits64 => self.memory().load64(addr),
        }
    }

    /// Writes a pointer-sized integer.
    pub(crate) fn store_pointer(&self, addr: u64, value: u64) -> Result<(), MemoryFault> {
        match self.pointer_width {
            PointerWidth::Bits32 => self.memory().store32(addr, value as u32),
            PointerWidth::Bits64 => self.memory().store64(addr, value),
        }
    }

    /// Whether a pointer-sized integer could be written there.
    pub(crate) fn check_pointer(&self, addr: u64) -> Result<(), MemoryFault> {
        self.load_pointer(addr).map(drop)
    }
}
