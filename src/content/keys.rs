//! The keys of front matter: which a table has, and how each is called in Vietnamese (content format, sections 3, 4, 6).
//!
//! A key keeps its Vietnamese name wherever it stands ([`GLOBAL`]); a table may add another. English keys are written as
//! they are; in Vietnamese ones marks, case and the sign that joins words do not count.

use crate::problem::say::Both;
use crate::vietnamese::fold;

/// The keys that one kind of mapping may have.
#[derive(Debug)]
pub struct Table {
    /// What the mapping is, in words.
    pub name: Both,
    /// English keys, with Vietnamese names that only this table knows.
    pub keys: &'static [(&'static str, &'static [&'static str])],
}

impl Table {
    /// The English name of the key that `written` is; `None` for an unknown one.
    pub fn find(&self, written: &str) -> Option<&'static str> {
        if let Some((key, _)) = self.keys.iter().find(|(key, _)| *key == written) {
            return Some(key);
        }
        let folded = fold::key(written);
        let named = |(key, own): &&(&'static str, &'static [&'static str])| {
            own.contains(&folded.as_str()) || vietnamese(key) == Some(folded.as_str())
        };
        self.keys.iter().find(named).map(|(key, _)| *key)
    }

    /// Every spelling that the table knows: what an unknown key is compared with.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> {
        self.keys
            .iter()
            .flat_map(|(key, own)| [*key].into_iter().chain(vietnamese(key)).chain(own.iter().copied()))
    }
}

/// The Vietnamese name that a key has wherever it stands.
pub fn vietnamese(key: &str) -> Option<&'static str> {
    GLOBAL.binary_search_by(|(en, _)| (*en).cmp(key)).ok().map(|at| GLOBAL[at].1)
}

/// Every key with its Vietnamese name, in the order of the English ones.
const GLOBAL: &[(&str, &str)] = &[
    ("access", "do_mat"),
    ("achievements", "ket_qua"),
    ("actual", "thuc_hien"),
    ("aliases", "dia_chi_cu"),
    ("applied_in", "ap_dung"),
    ("applies", "ap_dung_bai_hoc"),
    ("as_of", "thoi_diem"),
    ("assessed", "danh_gia"),
    ("assigned", "phan_cong"),
    ("band", "nguong"),
    ("base", "goc"),
    ("basis", "kieu"),
    ("breakthroughs", "khau_dot_pha"),
    ("carried_from", "tu_nhiem_ky_truoc"),
    ("causes", "nguyen_nhan"),
    ("closed", "be_mac"),
    ("congress", "dai_hoi"),
    ("continues", "noi_tiep"),
    ("count", "so"),
    ("cumulative", "cong_don"),
    ("date", "ngay"),
    ("delegates", "dai_bieu"),
    ("digest", "ma_bam"),
    ("direction", "chieu"),
    ("document", "van_ban"),
    ("documents", "van_ban"),
    ("due", "tien_do"),
    ("earlier", "truoc_day"),
    ("errata", "dinh_chinh"),
    ("events", "bien_dong"),
    ("evidence", "bang_chung"),
    ("field", "linh_vuc"),
    ("figures", "so_lieu"),
    ("file", "tep"),
    ("files", "cac_tep"),
    ("form", "hinh_thuc"),
    ("from", "tu"),
    ("frozen", "dong_bang"),
    ("goal", "muc"),
    ("group", "nhom"),
    ("how", "cach"),
    ("id", "ma"),
    ("inherits", "ke_thua"),
    ("integrated", "long_ghep"),
    ("issuer", "co_quan"),
    ("item", "ma_muc"),
    ("key_tasks", "nhiem_vu_trong_tam"),
    ("kind", "loai"),
    ("learned_from", "rut_ra_tu"),
    ("lessons", "bai_hoc"),
    ("level", "cap"),
    ("limitations", "han_che"),
    ("mends", "khac_phuc_han_che"),
    ("motto", "phuong_cham"),
    ("name", "ten"),
    ("names", "ten_cu"),
    ("note", "ghi_chu"),
    ("now", "moi"),
    ("number", "so"),
    ("of", "tren_tong"),
    ("opened", "khai_mac"),
    ("ordinal", "lan_thu"),
    ("outcome", "ket_qua"),
    ("outlook", "du_bao"),
    ("parent", "cap_tren"),
    ("part", "phan"),
    ("partial", "chon_loc"),
    ("parts", "thanh_phan"),
    ("parts_sum", "cong_du"),
    ("planned", "ke_hoach"),
    ("presented_by", "don_vi_trinh"),
    ("presented_to", "trinh_tai"),
    ("publisher", "nha_xuat_ban"),
    ("remedy", "khac_phuc"),
    ("responsible", "trach_nhiem"),
    ("result", "ket_qua"),
    ("retells", "thuat_lai"),
    ("reviewed", "ra_soat"),
    ("seal", "niem_phong"),
    ("serves", "phuc_vu"),
    ("short_name", "ten_ngan"),
    ("solution_groups", "nhom_giai_phap"),
    ("source", "nguon"),
    ("state", "trang_thai"),
    ("status", "trang_thai"),
    ("summary", "tom_tat"),
    ("tally", "tong_hop"),
    ("targets", "chi_tieu"),
    ("tasks", "nhiem_vu"),
    ("term", "nhiem_ky"),
    ("text", "noi_dung"),
    ("theme", "chu_de"),
    ("title", "tieu_de"),
    ("to", "den"),
    ("topics", "chu_de"),
    ("total", "tong"),
    ("type", "loai"),
    ("unit", "dvt"),
    ("until", "den"),
    ("url", "duong_dan"),
    ("value", "gia_tri"),
    ("was", "cu"),
    ("who", "nguoi"),
    ("why", "ly_do"),
    ("wording", "nguyen_van"),
    ("year", "nam"),
];

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident $vi:literal $en:literal: $($key:ident $([$($own:literal),*])?),* ;)*) => {
        $( $(#[$doc])* pub static $name: Table = Table {
            name: Both { vi: $vi, en: $en },
            keys: &[ $( (stringify!($key), &[ $($($own),*)? ]) ),* ],
        }; )*
        /// Every table, for the tests of the whole vocabulary.
        #[cfg(test)]
        const ALL: &[&Table] = &[ $( &$name ),* ];
    };
}

tables! {
    /// `content/_index.md`
    HOME "trang chủ" "the home page": title;
    /// Content format 3.1.
    UNIT "đơn vị" "a unit": name, short_name, level, parent, names, events, figures, documents, aliases;
    /// `names` of a unit.
    FORMER_NAME "tên cũ" "a former name": name, from, until;
    /// `events` of a unit.
    EVENT "biến động" "an event": date, kind, from, to, part, basis ["can_cu"], note;
    /// `from` and `to` of an event.
    EVENT_PARTY "bên của biến động" "a party to an event": unit ["don_vi"], part;
    /// `figures` of a unit.
    FIGURE "số liệu" "a figure": name, value, unit, as_of;
    /// Content format 3.2.
    TERM "nhiệm kỳ" "a term": from, until, kind, congress, breakthroughs, key_tasks, documents, aliases, frozen;
    /// `frozen` of a term.
    FROZEN "đóng băng" "frozen": date, digest, seal, files, earlier;
    /// `earlier` of `frozen`.
    SEAL "niêm phong" "a seal": date, seal;
    /// `congress` of a term.
    CONGRESS "đại hội" "a congress": ordinal, form, opened, closed, delegates, theme, motto;
    /// `breakthroughs` and `key_tasks` of a term.
    HEADING "mục" "an entry": title, text;
    /// Content format 3.3.
    REPORT "báo cáo" "a report": title, kind, date, as_of, presented_by, presented_to, status, access, summary, source,
        retells, tally, targets, achievements, limitations, lessons, tasks, causes, documents, aliases, errata;
    /// `source` of a report.
    SOURCE "nguồn" "a source": title, publisher, date, url;
    /// `causes` of a report.
    SHARED_CAUSE "nguyên nhân chung" "a shared cause": kind, text, limitations;
    /// `errata` of a report.
    ERRATUM "đính chính" "an erratum": date, was, now, why, item;
    /// Content format 3.4.
    TARGET "chỉ tiêu" "a target": id, term, aliases, name, field, unit, goal, actual, value, of, direction, basis, base, parts,
        parts_sum, result, outlook, wording, continues, evidence;
    /// `base` of a target.
    BASE "gốc so sánh" "a base": value, year;
    /// `parts` of a target.
    PART "thành phần" "a part": name, goal, actual;
    /// Content format 3.5.
    ACHIEVEMENT "kết quả" "an achievement": id, term, aliases, title, field, text, figures, targets, evidence, mends;
    /// Content format 3.6.
    LIMITATION "hạn chế" "a limitation": id, term, aliases, title, field, text, causes, targets, carried_from, state, remedy;
    /// `causes` of a limitation.
    CAUSE "nguyên nhân" "a cause": kind, text;
    /// `remedy` of a limitation.
    REMEDY "khắc phục" "a remedy": assessed, assigned, planned, integrated, reviewed;
    /// A step of a remedy.
    STEP "bước khắc phục" "a step": state, date, document, note;
    /// Content format 3.7.
    LESSON "bài học" "a lesson": id, term, aliases, title, field, text, learned_from, inherits, applied_in, topics;
    /// `inherits` of a lesson.
    INHERITED "bài học kế thừa" "an inherited lesson": from, how;
    /// Content format 3.8.
    TASK "nhiệm vụ" "a task": id, term, aliases, title ["viec"], who, responsible, due, outcome, group, state, mends, applies,
        serves;
    /// `due` of a task.
    DUE "tiến độ" "a due time": from, until;
    /// Content format 3.9.
    DOCUMENT "văn bản" "a document": number, type, issuer, term, date, title ["trich_yeu"], url, file, note;
    /// Content format, section 4.
    TALLY "tổng hợp" "a tally": targets, achievements, limitations, lessons, tasks, solution_groups;
    /// A claim of a tally.
    CLAIM "mục tổng hợp" "a claim": total, parts ["phan"], partial;
    /// A part of a claim.
    CLAIM_PART "phần" "a part of a claim": count, result, outlook, wording, band, cumulative;
    /// A solution group.
    SOLUTION_GROUP "nhóm giải pháp" "a solution group": name, count;
    /// `solution_groups` where only the total is known.
    SOLUTION_TOTAL "nhóm giải pháp" "solution groups": total;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_global_names_are_sorted() {
        assert!(GLOBAL.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn no_spelling_of_a_table_means_two_keys_and_none_lacks_a_vietnamese_name() {
        for table in ALL {
            for (key, _) in table.keys {
                assert!(vietnamese(key).is_some(), "{key} of {} has no Vietnamese name", table.name.en);
            }
            let mut all: Vec<&str> = table.spellings().collect();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), table.spellings().count(), "{} has a name twice", table.name.en);
        }
    }

    #[test]
    fn vietnamese_keys_are_found_in_any_dress() {
        for written in ["tieu_de", "Tiêu đề", "TIEU-DE", "title"] {
            assert_eq!(REPORT.find(written), Some("title"));
        }
        assert_eq!(TASK.find("việc"), Some("title"));
        assert_eq!(REPORT.find("Title"), None);
    }
}
