//! The parent survives whatever the child does.

use crate::pictures::{process, quadrants, render, rgb_png};
use kith_media::protocol::encode_event;
use kith_media::sandbox::Enforced;
use kith_media::{
    MediaFailure, MediaProcess, RenderEvent, RenderRequest, Rendering, Summary, Warning,
};
use rustix::process::{Pid, Signal, getpgid, kill_process};
use std::io::Cursor;
use tokio::io::{AsyncReadExt as _, SimplexStream, WriteHalf};

/// Plays the child by a shell script.
async fn run(script: &str) -> Result<Vec<RenderEvent>, MediaFailure> {
    let mut request = RenderRequest::complete_set(4);
    request.limits.wall_seconds = 5;
    let process = MediaProcess::new("/bin/sh").with_args(["-c", script]);
    process.render(Cursor::new(b"test".to_vec()), &request).await?.collect().await
}

#[tokio::test]
async fn children_that_die_or_babble_are_a_failed_picture() {
    for script in [
        "exit 0",
        "exit 1",
        "kill -SEGV $$",
        "kill -SYS $$",
        "exec 0<&- 1>&-; exit 3",
        "echo garbage that is longer than a prefix",
        "cat /dev/zero",
        "cat /dev/urandom",
        "printf '\\002\\000\\000\\000\\000\\000\\000\\000{}'",
    ] {
        assert_eq!(run(script).await, Err(MediaFailure::Crashed), "{script}");
    }
}

/// Messages that are right one by one, without end; and an error output that nobody could store.
#[tokio::test]
async fn a_child_that_never_stops_talking_is_a_failed_picture() {
    let message = encode_event(&RenderEvent::Warning(Warning::Truncated));
    let octal = message.iter().fold(String::new(), |text, byte| text + &format!("\\{byte:03o}"));
    let babble = format!("while :; do printf '{octal}'; done");
    assert_eq!(run(&babble).await, Err(MediaFailure::Crashed));
    let flood = "head -c 100000000 /dev/zero >&2; exit 1";
    assert_eq!(run(flood).await, Err(MediaFailure::Crashed));
}

#[tokio::test]
async fn a_child_that_hangs_is_ended() {
    assert_eq!(run("sleep 100").await, Err(MediaFailure::Stalled));
    assert_eq!(MediaFailure::Stalled.name(), "timed-out");
}

/// A real child that has got half of its picture, and waits for the rest.
async fn in_the_middle(wall_seconds: u64) -> (Rendering, WriteHalf<SimplexStream>) {
    let input = rgb_png(&quadrants(64, 64));
    let mut request = RenderRequest::complete_set(input.len() as u64);
    request.limits.wall_seconds = wall_seconds;
    let half = Cursor::new(input[..input.len() / 2].to_vec());
    let (rest, open) = tokio::io::simplex(1);
    let rendering = process().render(half.chain(rest), &request).await.unwrap();
    (rendering, open)
}

#[tokio::test]
async fn a_child_that_somebody_ends_is_worth_another_try() {
    for signal in [Signal::KILL, Signal::TERM] {
        let (rendering, _open) = in_the_middle(60).await;
        kill_process(number(&rendering), signal).unwrap();
        assert_eq!(rendering.collect().await, Err(MediaFailure::Unavailable), "{signal:?}");
    }
}

#[tokio::test]
async fn what_stops_the_parent_does_not_reach_the_child() {
    let (rendering, _open) = in_the_middle(60).await;
    let number = number(&rendering);
    assert_eq!(getpgid(Some(number)).unwrap(), number);
    assert_ne!(getpgid(None).unwrap(), number);
}

#[tokio::test]
async fn a_source_that_stalls_is_not_the_pictures_fault() {
    let (rendering, _open) = in_the_middle(0).await;
    assert_eq!(rendering.collect().await, Err(MediaFailure::Unavailable));
}

fn number(rendering: &Rendering) -> Pid {
    let number = rendering.process_id().unwrap();
    Pid::from_raw(i32::try_from(number).unwrap()).unwrap()
}

#[tokio::test]
async fn a_child_out_of_processor_time_has_timed_out() {
    assert_eq!(run("kill -XCPU $$").await, Err(MediaFailure::TimedOut));
}

#[tokio::test]
async fn a_program_that_is_missing_is_worth_another_try() {
    let process = MediaProcess::new("/nonexistent/kith");
    let failure =
        process.render(tokio::io::empty(), &RenderRequest::complete_set(0)).await.unwrap_err();
    assert!(failure.is_transient());
}

#[tokio::test]
async fn the_child_sees_nothing_of_the_parent() {
    // `env` of the shell sets a few of its own; the test's CARGO_* must not be among them.
    assert_eq!(run("env | grep -q CARGO && sleep 100; exit 1").await, Err(MediaFailure::Crashed));
}

#[tokio::test]
async fn one_slot_serves_many_pictures() {
    let one = process().with_slots(1);
    let input = rgb_png(&quadrants(64, 64));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (one, input) = (one.clone(), input.clone());
        tasks.spawn(async move {
            let request = RenderRequest::complete_set(input.len() as u64);
            one.render(Cursor::new(input), &request).await?.collect().await
        });
    }
    while let Some(finished) = tasks.join_next().await {
        assert!(finished.unwrap().is_ok());
    }
}

#[tokio::test]
async fn the_sandbox_holds_and_says_so() {
    let rendered = render(&rgb_png(&quadrants(300, 200))).await.unwrap();
    let Some(RenderEvent::Done(Summary { peak_memory, sandbox, .. })) = rendered.events.last()
    else {
        panic!("no summary")
    };
    assert_ne!(*sandbox, Enforced::Nothing);
    assert!((1..200 << 20).contains(peak_memory), "{peak_memory}");
}

/// What the doctor asks, without a picture.
#[tokio::test]
async fn the_confinement_is_known_or_why_there_is_none() {
    assert_ne!(process().confinement().await, Ok(Enforced::Nothing));
    assert!(process().confinement().await.is_ok());
    let unconfined = MediaProcess::new("/bin/false").confinement().await;
    assert!(unconfined.is_err(), "{unconfined:?}");
    assert!(MediaProcess::new("/nonexistent/kith").confinement().await.is_err());
}

/// What the sandbox forbids, tried from inside: `kith-media probe <what>` enters it and acts.
#[test]
fn forbidden_acts_end_the_process() {
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::Command;
    for (act, signal) in [
        ("nothing", None),
        ("open", Some(libc::SIGSYS)),
        ("socket", Some(libc::SIGSYS)),
        ("spawn", Some(libc::SIGSYS)),
        ("read-leaked", Some(libc::SIGSYS)),
        ("signal-parent", Some(libc::SIGSYS)),
        // To itself it may send one: that is how a program aborts.
        ("abort", Some(libc::SIGABRT)),
    ] {
        let status =
            Command::new(env!("CARGO_BIN_EXE_kith-media")).args(["probe", act]).status().unwrap();
        assert_eq!(status.signal(), signal, "{act}: {status}");
    }
}
