//! Builds that are killed: whatever they leave, the next start makes one whole site of it.
//!
//! Each case stops the real steps at one point and keeps what lies on the disk, as a kill does; only the locks go.

use super::*;
use crate::output::change::Change;

#[test]
fn a_build_killed_while_it_lays_changes_nothing() {
    let land = Land::new();
    land.publish(&OLD);
    land.plan(&NEW).work.kill();
    assert_eq!(land.litter(), [".public.nhiemky-work"]);
    // What one of an earlier version left.
    land.write(".public.nhiemky-work/twin/a/x.html", "x");
    assert_eq!(land.tree(), tree(&OLD_TREE));
    assert_eq!(land.publish(&OLD).how, How::Unchanged);
    assert_eq!(land.litter(), [""; 0]);
}

/// Lays `NEW` over `OLD` and kills the build at the point that `until` reaches.
fn killed_after(land: &Land, until: impl FnOnce(&Work)) {
    let publication = land.plan(&NEW);
    let planned = publication.planned.lock().expect("whole").clone();
    let after = Change::of(&publication.before, &publication.kept, &publication.intact, &planned);
    let after = after.expect("each once").after;
    let strangers = stranger::find(&publication.output, |_| false, &publication.before).expect("readable");
    let work = publication.work;
    file::write_new(&work.new_generation().join(manifest::NAME), after.text().as_bytes(), false)
        .expect("written");
    let obstacle = generation::complete(&work, &["b.html"], &strangers, &OPTIONS).expect("linked");
    assert_eq!(obstacle, None);
    work.promote().expect("renamed");
    until(&work);
    work.kill();
}

#[cfg(target_os = "linux")]
#[test]
fn a_build_killed_around_the_exchange_leaves_one_whole_site() {
    type Case = (&'static str, fn(&Work), bool);
    let cases: [Case; 4] = [
        ("before the exchange", |_| (), false),
        (
            "after the exchange",
            |work| system::exchange(&work.next(), work.output()).expect("exchanged"),
            true,
        ),
        ("between two renames", |work| fs::rename(work.output(), work.old()).expect("renamed"), true),
        (
            "after two renames",
            |work| _ = generation::rename_twice(&work.next(), work.output(), &work.old()).expect("renamed"),
            true,
        ),
    ];
    for (name, until, is_new) in cases {
        let land = Land::new();
        land.publish(&OLD);
        land.write("public/gone/own.txt", "mine");
        killed_after(&land, until);
        drop(land.begin());
        let site = if is_new { tree(&NEW_TREE) } else { tree(&OLD_TREE) };
        let strangers = tree(&[("gone/", ""), ("gone/own.txt", "mine")]);
        assert_eq!(land.tree(), site.into_iter().chain(strangers).collect(), "{name}");
        assert_eq!(land.litter(), [""; 0], "{name}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_stranger_that_comes_during_the_build_is_not_lost() {
    let land = Land::new();
    land.publish(&OLD);
    killed_after(&land, |work| {
        fs::write(work.output().join("late.txt"), "mine").expect("written");
        fs::create_dir(work.output().join("c")).expect("a folder");
        fs::write(work.output().join("c/z.html"), "mine").expect("written");
        system::exchange(&work.next(), work.output()).expect("exchanged");
    });
    drop(land.begin());
    let late = tree(&[("late.txt", "mine"), ("c/z.html.kept", "mine")]);
    assert_eq!(land.tree(), tree(&NEW_TREE).into_iter().chain(late).collect());
}

#[test]
fn a_replacement_is_finished_or_undone() {
    let land = Land::new();
    land.publish(&OLD);
    let journal =
        "nhiemky journal 1\nremove gone/y.html\nput a/x.html\nadd c/z.html\nput .nhiemky-manifest\n";
    killed_after(&land, |work| {
        fs::write(work.finish_journal(), journal).expect("written");
        fs::rename(work.next().join("a/x.html"), work.output().join("a/x.html")).expect("renamed");
    });
    drop(land.begin());
    assert_eq!(land.tree(), tree(&NEW_TREE));
    assert_eq!(land.litter(), [""; 0]);
    assert_eq!(land.publish(&NEW).how, How::Unchanged, "the manifest came last");

    let land = Land::new();
    land.publish(&OLD);
    killed_after(&land, |work| {
        // A folder where the last page belongs makes the last step fail.
        fs::create_dir_all(work.output().join("c/z.html/in/the/way")).expect("a folder");
        let failure =
            replace::run(work, &["a/x.html", "c/z.html"], &["gone/y.html"]).expect_err("cannot finish");
        assert!(matches!(failure.cause, Cause::Stranger));
        fs::remove_dir_all(work.output().join("c")).expect("removed");
    });
    drop(land.begin());
    assert_eq!(land.tree(), tree(&OLD_TREE));
    assert_eq!(land.publish(&OLD).how, How::Unchanged);
}
