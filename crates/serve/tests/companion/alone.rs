//! What other users and programs of this machine learn about a companion: nothing that lets them in.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::support::desk::text;
use crate::support::running::{Running, by_shell, command, folder};
use crate::support::{CANARY, CREATED, Gateway, Reply};

/// Every user can list the program that starts the browser, with all its arguments.
#[test]
fn the_browser_is_started_without_the_link_on_its_command_line() {
    let (folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let starter = folder.path().join("xdg-open");
    std::fs::write(
        &starter,
        "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$0.arguments\"\n/usr/bin/stat -c %a \"$1\" > \"$0.mode\"\n\
         /bin/cp \"$1\" \"$0.file\"\n/usr/bin/env > \"$0.variables\"\n/bin/touch \"$0.done\"\n",
    )
    .unwrap();
    std::fs::set_permissions(&starter, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = command(
        &["--port=0", "--open", "--api-origin", &gateway.origin(), "--journal", text(&journal)],
        Some(CANARY),
    );
    command.env("PATH", folder.path());
    let running = Running::of(command);
    let kept = |name: &str| {
        let path = folder.path().join(format!("xdg-open.{name}"));
        std::fs::read_to_string(path).unwrap_or_default()
    };
    for _ in 0..200 {
        if folder.path().join("xdg-open.done").exists() {
            break;
        }
        thread::sleep(Duration::from_millis(50));
    }
    let arguments = kept("arguments");
    let token = running.link.split_once('#').unwrap().1;
    assert!(!arguments.contains(token) && !arguments.contains("http"), "{arguments}");
    assert_eq!(kept("mode"), "600\n");
    assert!(kept("file").contains(&running.link), "{}", kept("file"));
    assert!(!kept("variables").contains("CANARY"));
    let file = Path::new(arguments.trim_end());
    assert!(file.exists(), "{arguments}");
    running.end_by("-INT");
    assert!(!file.exists(), "it goes with the companion");
}

/// Only root may look into a process that is not dumpable; the owner of its files under `/proc` shows that it is not.
#[test]
fn neither_a_core_file_nor_another_process_gets_the_key() {
    let (folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let as_root = std::fs::metadata("/proc/self").unwrap().uid() == 0;
    let shell = match as_root {
        true => {
            std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o777))
                .unwrap();
            "ulimit -c unlimited; exec setpriv --reuid 65534 --clear-groups -- \"$0\" \"$@\""
        }
        false => "ulimit -c unlimited; exec \"$0\" \"$@\"",
    };
    let running = Running::of(by_shell(
        shell,
        &["--port=0", "--api-origin", &gateway.origin(), "--journal", text(&journal)],
        Some(CANARY),
    ));
    let about = |name: &str| format!("/proc/{}/{name}", running.id());
    let limits = std::fs::read_to_string(about("limits")).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size"));
    let soft = core.unwrap().split_whitespace().nth(4);
    assert_eq!(soft, Some("0"), "{limits}");
    for name in ["environ", "mem"] {
        assert_eq!(std::fs::metadata(about(name)).unwrap().uid(), 0, "{name}");
    }
    assert_eq!(running.end_by("-INT").0, Some(0));
}
