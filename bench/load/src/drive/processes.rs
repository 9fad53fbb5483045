//! What programs used of the machine, read from `/proc` (proc_pid_stat(5), proc_pid_smaps_rollup(5)).

use std::{collections::BTreeMap, fs};

use anyhow::Context as _;

/// A process with all its descendants.
#[derive(Clone, Copy)]
pub struct Tree {
    root: u32,
    ticks_per_second: u64,
}

/// The fields of `stat` that matter here.
struct Stat {
    parent: u32,
    /// User and system time of the process and of its children that ended, in ticks.
    ticks: u64,
}

impl Tree {
    /// The tree of a process.
    pub fn of(root: u32) -> Self {
        Self { root, ticks_per_second: rustix::param::clock_ticks_per_second() }
    }

    /// Microseconds of processor time since the start, ended children included.
    pub fn cpu(&self) -> anyhow::Result<u64> {
        let (ticks, _) = self.read()?;
        Ok(ticks * 1_000_000 / self.ticks_per_second)
    }

    /// Most memory that each process ever held at once (`VmHWM`), summed; KiB. Shared pages count in each.
    pub fn peak_resident(&self) -> anyhow::Result<u64> {
        let (_, processes) = self.read()?;
        Ok(processes.iter().filter_map(|id| field(&format!("/proc/{id}/status"), "VmHWM:")).sum())
    }

    /// Memory held now with shared pages split among those who share them; KiB.
    pub fn proportional(&self) -> anyhow::Result<u64> {
        let (_, processes) = self.read()?;
        Ok(processes
            .iter()
            .filter_map(|id| field(&format!("/proc/{id}/smaps_rollup"), "Pss:"))
            .sum())
    }

    fn read(&self) -> anyhow::Result<(u64, Vec<u32>)> {
        let mut all = BTreeMap::new();
        for entry in fs::read_dir("/proc")? {
            let name = entry?.file_name();
            if let Some(id) = name.to_str().and_then(|name| name.parse().ok())
                && let Some(stat) = stat(id)
            {
                all.insert(id, stat);
            }
        }
        all.get(&self.root).with_context(|| format!("there is no process {}", self.root))?;
        let mut tree = vec![self.root];
        let mut next = 0;
        while let Some(&parent) = tree.get(next) {
            tree.extend(all.iter().filter(|(_, stat)| stat.parent == parent).map(|(id, _)| *id));
            next += 1;
        }
        let ticks = tree.iter().filter_map(|id| all.get(id)).map(|stat| stat.ticks).sum();
        Ok((ticks, tree))
    }
}

/// None for a process that ended meanwhile.
fn stat(id: u32) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name may hold spaces and brackets; the third field follows its last bracket.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |field: usize| fields.get(field - 3)?.parse::<u64>().ok();
    let ticks = (14..=17).map(number).sum::<Option<u64>>()?;
    Some(Stat { parent: u32::try_from(number(4)?).ok()?, ticks })
}

fn field(path: &str, name: &str) -> Option<u64> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_uses_the_machine() {
        let tree = Tree::of(std::process::id());
        let before = tree.cpu().unwrap();
        let mut number = 0_u64;
        while tree.cpu().unwrap() < before + 50_000 {
            number = std::hint::black_box(number + 1);
        }
        assert!(tree.peak_resident().unwrap() > 1_000);
        assert!(tree.proportional().unwrap() > 500);
        assert!(Tree::of(u32::MAX).cpu().is_err());
    }
}
