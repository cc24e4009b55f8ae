//! Installs Debian's packages, on machines that lack a program.

use anyhow::{Context, ensure};

use crate::run::{Outcome, command, exists, output};

/// Installs the packages that are missing. Waits for another installation that is under way, and tries twice, since mirrors fail
/// for moments.
pub fn install(packages: &str) -> Outcome {
    let is_there = |package: &&str| {
        let query = format!("--show --showformat=${{db:Status-Status}} {package}");
        output(&mut command("dpkg-query", &query)).is_ok_and(|status| status == "installed")
    };
    if packages.split(' ').all(|package| is_there(&package)) {
        return Ok(());
    }
    ensure!(
        exists("apt-get"),
        "needs {packages}, and there is no apt-get here to install them with"
    );
    let apt = |words: &str| {
        let mut apt = command("apt-get", "-y -qq -o DPkg::Lock::Timeout=600");
        output(apt.env("DEBIAN_FRONTEND", "noninteractive").args(words.split(' ')))
    };
    let install = || {
        // Finishes what an interrupted run left behind.
        let _ = output(&mut command("dpkg", "--configure -a"));
        let _ = apt("update");
        apt(&format!("install --fix-broken --no-install-recommends {packages}"))
    };
    let done = install().or_else(|_| install());
    done.map(drop).with_context(|| format!("cannot install {packages}"))
}
