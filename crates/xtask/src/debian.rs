//! Debian's packages, for a machine that lacks a program and is Debian.

use anyhow::{Context, bail};

use crate::run::{Outcome, command, exists, output};

/// Installs the packages that are not there yet. Another installation under way is waited for, and a failed one tried again.
pub fn install(packages: &[&str]) -> Outcome {
    let missing: Vec<_> = packages
        .iter()
        .filter(|package| !installed(package))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !exists("apt-get") {
        bail!("needs {missing:?}, and there is no apt-get here to install them with");
    }
    let mut last = attempt(&["update"]);
    for _ in 0..3 {
        let mut words = vec!["install", "--no-install-recommends"];
        words.extend(missing.iter().copied());
        last = attempt(&words);
        if last.is_ok() {
            return Ok(());
        }
        // What a broken run left behind.
        let _ = output(command("dpkg").args(["--configure", "-a"]));
        let _ = attempt(&["install", "--fix-broken", "--no-install-recommends"]);
    }
    last.with_context(|| format!("cannot install {missing:?}"))
}

fn attempt(words: &[&str]) -> Outcome {
    let mut apt = command("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive")
        .args(["-y", "-qq", "-o", "DPkg::Lock::Timeout=600"])
        .args(words);
    output(&mut apt).map(drop)
}

fn installed(package: &str) -> bool {
    let status =
        output(command("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package]));
    status.is_ok_and(|status| status.trim() == "installed")
}
