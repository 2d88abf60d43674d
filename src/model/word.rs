//! The closed sets of the content format: every value that is one word of a list.
//!
//! Each word has an English form and a Vietnamese one (content format, section 6). Marks, spaces and case do not count in
//! the Vietnamese form.

use crate::model::quantity::Direction;
use crate::vietnamese::fold;

/// A closed set of words.
pub trait Word: Copy + Eq + 'static {
    /// Every member with its English and its Vietnamese word, in the order of the format.
    const ALL: &'static [(Self, &'static str, &'static str)];

    /// The member that `text` names in either language.
    fn parse(text: &str) -> Option<Self> {
        if let Some((member, ..)) = Self::ALL.iter().find(|(_, en, _)| text == *en) {
            return Some(*member);
        }
        let folded = fold::key(text);
        Self::ALL.iter().find(|(.., vi)| folded == fold::key(vi)).map(|(member, ..)| *member)
    }

    /// The English word: the name of the member in data, labels and templates.
    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(member, ..)| *member == self).map_or("", |(_, en, _)| en)
    }

    /// The Vietnamese word without marks: the name of the member in Vietnamese addresses.
    fn vietnamese(self) -> &'static str {
        Self::ALL.iter().find(|(member, ..)| *member == self).map_or("", |(.., vi)| vi)
    }
}

impl Word for Direction {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Up, "up", "tang"),
        (Self::Down, "down", "giam"),
        (Self::Exact, "exact", "dung"),
        (Self::Within, "within", "trong-khoang"),
    ];
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident $en:literal $vi:literal),* $(,)? })*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[$vdoc])* #[doc = $en] $variant ),* }

        impl Word for $name {
            const ALL: &'static [(Self, &'static str, &'static str)] = &[ $( (Self::$variant, $en, $vi) ),* ];
        }
    )* };
}

words! {
    /// The level of a unit (content format 3.1).
    Level {
        Central "central" "trung-uong", Province "province" "tinh", District "district" "huyen", Commune "commune" "xa",
        Ward "ward" "phuong", Town "town" "thi-tran", SpecialZone "special-zone" "dac-khu", Cell "cell" "chi-bo",
        Other "other" "khac",
    }
    /// What made or changed a unit (content format 3.1).
    EventKind {
        Established "established" "thanh-lap", Merged "merged" "sap-nhap", Split "split" "chia-tach",
        Renamed "renamed" "doi-ten", LevelChanged "level-changed" "doi-cap", Dissolved "dissolved" "giai-the",
    }
    /// How much of a unit an event takes (content format 3.1).
    Extent { Whole "whole" "toan-bo", Partial "partial" "mot-phan" }
    /// How a committee came into office (content format 3.2).
    TermKind { Elected "elected" "bau", Appointed "appointed" "chi-dinh", Provisional "provisional" "lam-thoi" }
    /// The form of a congress (content format 3.2).
    CongressForm { Delegates "delegates" "dai-bieu", Members "members" "dang-vien" }
    /// The kind of a report (content format 3.3).
    ReportKind {
        Political "political" "chinh-tri", Review "review" "kiem-diem", Midterm "midterm" "so-ket",
        Annual "annual" "hang-nam", Resolution "resolution" "nghi-quyet", Address "address" "trinh-bay",
        Press "press" "bao-chi",
    }
    /// How far a report has come (content format 3.3).
    Status { Draft "draft" "du-thao", Submitted "submitted" "trinh", Adopted "adopted" "thong-qua" }
    /// Who may read a report (content format 3.3).
    Access { Public "public" "cong-khai", Internal "internal" "noi-bo", Secret "secret" "mat" }
    /// What a target's figures mean (content format 3.4).
    Basis {
        EndOfTerm "end-of-term" "cuoi-ky", PerYear "per-year" "binh-quan-nam", SumOfTerm "sum-of-term" "tong-nhiem-ky",
        Composition "composition" "co-cau", Title "title" "danh-hieu", VersusBase "versus-base" "so-voi-goc",
    }
    /// What came of a target (content format 3.4).
    Outcome {
        Exceeded "exceeded" "vuot", Met "met" "dat", MetOrExceeded "met-or-exceeded" "dat-va-vuot",
        BasicallyMet "basically-met" "co-ban-dat", NearlyMet "nearly-met" "xap-xi-dat",
        NotYetMet "not-yet-met" "chua-dat", Missed "missed" "khong-dat",
        AssessedLater "assessed-later" "danh-gia-sau", NoData "no-data" "khong-co-so-lieu",
        NoLongerApplies "no-longer-applies" "khong-con-phu-hop",
    }
    /// What is foreseen of a target (content format 3.4).
    Outlook {
        WillBeMet "will-be-met" "se-dat", Likely "likely" "co-kha-nang", OnTrack "on-track" "dung-lo-trinh",
        Hard "hard" "kho-dat", Unlikely "unlikely" "khong-kha-nang", Unknown "unknown" "chua-ro",
    }
    /// Whether a cause lay with the committee (content format 3.6).
    CauseKind { Subjective "subjective" "chu-quan", Objective "objective" "khach-quan" }
    /// What became of a limitation (content format 3.6).
    LimitationState {
        New "new" "moi", BeingMended "being-mended" "dang-khac-phuc", LargelyMended "largely-mended" "co-ban-khac-phuc",
        Mended "mended" "triet-de", Persisting "persisting" "keo-dai", Recurred "recurred" "tai-phat",
        HandedOver "handed-over" "ban-giao",
    }
    /// How far a step of a remedy is (content format 3.6).
    StepState { Todo "todo" "chua", Doing "doing" "dang", Done "done" "xong" }
    /// How a lesson takes up an earlier one (content format 3.7).
    Inheritance { Kept "kept" "giu-nguyen", Extended "extended" "bo-sung", Replaced "replaced" "thay-the" }
    /// How far a task is (content format 3.8).
    TaskState {
        NotStarted "not-started" "chua-bat-dau", Doing "doing" "dang-lam", Late "late" "cham",
        Stalled "stalled" "tam-dung", Done "done" "hoan-thanh", Cancelled "cancelled" "huy",
    }
}
