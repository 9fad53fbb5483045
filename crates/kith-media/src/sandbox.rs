//! Takes everything away from the process that decodes a stranger's bytes.
//!
//! Resource limits and seccomp are required: without them nothing is decoded. Landlock is best effort,
//! since kernels and containers may lack it, and seccomp already forbids opening files.

use crate::limits::Limits;
use landlock::{
    ABI, Access as _, AccessFs, CompatLevel, Compatible as _, Ruleset, RulesetAttr as _,
    RulesetStatus,
};
use rustix::process::{
    DumpableBehavior, Resource, Rlimit, Signal, set_dumpable_behavior,
    set_parent_process_death_signal, setrlimit,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, apply_filter,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::os::fd::AsRawFd as _;

/// What the kernel enforces on the process. Shown by `kith doctor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Enforced {
    /// Resource limits, seccomp and Landlock.
    Everything,
    /// Resource limits and seccomp; this kernel has no (or only a part of) Landlock.
    WithoutLandlock,
    /// Nothing: a bench or a test in the same process.
    Nothing,
}

/// The sandbox could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("the sandbox for photos cannot be set up on this machine: {step}")]
pub struct SandboxUnavailable {
    step: &'static str,
}

/// What [`crate::MediaProcess::confinement`] found instead of a sandbox: the sentence of the process that tried.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unconfined(pub(crate) String);

/// Room for code and read-only data of the program itself, which count as address space.
const PROGRAM_BYTES: u64 = 512 * 1024 * 1024;
/// Processor seconds between the signal that tells of the limit and the one that cannot be ignored.
const CPU_GRACE_SECONDS: u64 = 2;

/// Gives up every right that decoding does not need. Irreversible. Besides standard input, `readable` may
/// still be read.
pub fn enter(limits: &Limits, readable: Option<&File>) -> Result<Enforced, SandboxUnavailable> {
    let failed = |step: &'static str| move |_| SandboxUnavailable { step };
    set_parent_process_death_signal(Some(Signal::KILL)).map_err(failed("parent death signal"))?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(failed("dumpable flag"))?;
    limit_resources(limits).map_err(failed("resource limits"))?;
    let landlock = restrict_files();
    // After Landlock, which needs a descriptor for a moment.
    limit(Resource::Nofile, 3).map_err(failed("resource limits"))?;
    let filter = filter(readable).map_err(|()| SandboxUnavailable { step: "seccomp filter" })?;
    apply_filter(&filter).map_err(|_| SandboxUnavailable { step: "seccomp" })?;
    Ok(if landlock { Enforced::Everything } else { Enforced::WithoutLandlock })
}

fn limit_resources(limits: &Limits) -> rustix::io::Result<()> {
    for (resource, limit) in [
        (Resource::Data, limits.memory),
        (Resource::As, limits.memory + PROGRAM_BYTES),
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Nproc, 0),
    ] {
        self::limit(resource, limit)?;
    }
    // Were both the same, the kernel would send KILL, as others do who have no quarrel with the picture.
    let cpu = limits.cpu_seconds;
    let cpu = Rlimit { current: Some(cpu), maximum: Some(cpu + CPU_GRACE_SECONDS) };
    setrlimit(Resource::Cpu, cpu)
}

fn limit(resource: Resource, limit: u64) -> rustix::io::Result<()> {
    setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) })
}

/// Forbids every access to files. `false` where the kernel cannot.
fn restrict_files() -> bool {
    let restricted = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(ABI::V4))
        .and_then(Ruleset::create)
        .and_then(landlock::RulesetCreated::restrict_self);
    restricted.is_ok_and(|status| status.ruleset == RulesetStatus::FullyEnforced)
}

/// Calls that memory management, locks, clocks and the end of the process need. Everything else kills.
fn filter(readable: Option<&File>) -> Result<BpfProgram, ()> {
    let free = [
        libc::SYS_brk,
        libc::SYS_clock_gettime,
        libc::SYS_close,
        libc::SYS_exit,
        libc::SYS_exit_group,
        libc::SYS_futex,
        libc::SYS_getrandom,
        libc::SYS_getrusage,
        libc::SYS_gettid,
        libc::SYS_getpid,
        libc::SYS_madvise,
        libc::SYS_mremap,
        libc::SYS_munmap,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sched_yield,
        libc::SYS_sigaltstack,
    ];
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
        free.into_iter().map(|call| (call, Vec::new())).collect();
    // Only the three pipes; descriptors that the parent leaked are of no use.
    let readable = readable.and_then(|file| u64::try_from(file.as_raw_fd()).ok());
    let reads =
        [Some(0), readable].into_iter().flatten().map(|number| rule(0, SeccompCmpOp::Eq, number));
    rules.insert(libc::SYS_read, reads.collect::<Result<_, _>>()?);
    rules.insert(
        libc::SYS_write,
        vec![rule(0, SeccompCmpOp::Eq, 1)?, rule(0, SeccompCmpOp::Eq, 2)?],
    );
    // Aborting is a signal to oneself; others, Kith and its database among them, are out of reach.
    rules.insert(libc::SYS_tgkill, vec![rule(0, SeccompCmpOp::Eq, u64::from(std::process::id()))?]);
    // Debug builds of the standard library look at a descriptor before they close it.
    rules.insert(
        libc::SYS_fcntl,
        vec![rule(1, SeccompCmpOp::Eq, u64::from(libc::F_GETFD.cast_unsigned()))?],
    );
    // Memory, but never executable.
    let executable = u64::from(libc::PROT_EXEC.cast_unsigned());
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        rules.insert(call, vec![rule(2, SeccompCmpOp::MaskedEq(executable), 0)?]);
    }
    let arch = std::env::consts::ARCH.try_into().map_err(|_| ())?;
    let filter = SeccompFilter::new(rules, SeccompAction::KillProcess, SeccompAction::Allow, arch)
        .map_err(|_| ())?;
    filter.try_into().map_err(|_| ())
}

fn rule(argument: u8, comparison: SeccompCmpOp, value: u64) -> Result<SeccompRule, ()> {
    let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, comparison, value)
        .map_err(|_| ())?;
    SeccompRule::new(vec![condition]).map_err(|_| ())
}
