//! The Enter key, which asks for a new link.

use std::io;

/// Calls `pressed` at each press of Enter, on a separate thread because reading a terminal cannot be interrupted; the thread ends
/// with the process.
pub(crate) fn at_enter(pressed: impl Fn() + Send + 'static) {
    std::thread::spawn(move || read(&pressed));
}

/// Reads only while the companion is in the foreground: the system stops a program that reads the terminal from the background,
/// as after `seedance serve &`.
#[cfg(unix)]
fn read(pressed: &dyn Fn()) {
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::process::getpgrp;
    use rustix::termios::tcgetpgrp;

    /// How often to look whether the companion is in the foreground again.
    const AWAY: Duration = Duration::from_millis(500);
    let stdin = io::stdin();
    loop {
        let ready = poll(&mut [PollFd::new(&stdin, PollFlags::IN)], None);
        match (ready, tcgetpgrp(&stdin)) {
            (Err(rustix::io::Errno::INTR), _) => {}
            (Err(_), _) | (_, Err(_)) => return,
            (Ok(_), Ok(group)) if group != getpgrp() => std::thread::sleep(AWAY),
            // Bypasses the standard library's buffer, which could hold a line that `poll` does not see.
            (Ok(_), Ok(_)) => match rustix::io::read(&stdin, &mut [0; 1024]) {
                Ok(1..) => pressed(),
                Err(rustix::io::Errno::INTR) => {}
                Ok(0) | Err(_) => return,
            },
        }
    }
}

#[cfg(not(unix))]
fn read(pressed: &dyn Fn()) {
    for line in io::stdin().lines() {
        if line.is_err() {
            return;
        }
        pressed();
    }
}
