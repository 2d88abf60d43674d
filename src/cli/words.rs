//! All words of the command line in both languages, beside each other.

use crate::problem::report::harmless;
use crate::vietnamese::Language;

/// Words in both languages.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// Vietnamese.
    pub vi: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// The words of a language.
    pub fn get(self, language: Language) -> &'static str {
        match language {
            Language::Vi => self.vi,
            Language::En => self.en,
        }
    }
}

macro_rules! words {
    ($($name:ident: $vi:literal / $en:literal;)*) => { $(
        #[doc = $en]
        pub const $name: Words = Words { vi: $vi, en: $en };
    )* };
}

words! {
    ABOUT: "Dựng trang báo cáo nhiệm kỳ từ YAML và Markdown"
        / "Builds a site of term reports from YAML and Markdown";
    BUILD: "Dựng toàn bộ trang vào thư mục đích" / "Build the whole site into the output folder";
    CHECK: "Kiểm tra nội dung, không ghi gì" / "Check the content without writing anything";
    SERVE: "Xem trước trên máy này, tự cập nhật khi tệp thay đổi" / "Preview on this machine, kept up to date as files change";
    VERIFY: "Kiểm tra một gói lưu trữ: thư mục BagIt, tệp zip của nó hoặc tệp WACZ" / "Check an archive: a BagIt folder, a zip of one, or a WACZ";
    SEAL: "Mã niêm phong phải khớp, chép từ giấy (bỏ qua khoảng trắng, gạch nối, chữ hoa)" / "The seal that it must have, as kept on paper (spaces, dashes and case do not count)";
    FORMAT_VERIFY: "Cách in kết quả: human hoặc json" / "How to print the result: human or json";
    PORT: "Cổng [mặc định: 1111, nếu bận thì cổng trống kế tiếp]" / "The port [default: 1111, or the next free one]";
    HOST: "Cho máy khác xem qua địa chỉ IP này, ví dụ 0.0.0.0" / "Let other machines see it at this IP address, such as 0.0.0.0";
    OPEN: "Mở trình duyệt" / "Open the browser";
    FOLLOW: "Trình duyệt tự chuyển đến trang vừa sửa" / "The browser goes to the page that was edited";
    POLL: "Tự dò thay đổi, khi hệ thống không báo (ổ mạng)" / "Look for changes where the system does not tell of them (network drives)";
    ROOT: "Thư mục của trang, nơi có site.toml" / "The site's folder, where site.toml lies";
    OUTPUT: "Thư mục đích [mặc định: public trong thư mục của trang]"
        / "The output folder [default: public in the site's folder]";
    BASE_URL: "Địa chỉ công bố, thay cho base_url trong site.toml"
        / "The address it will stand at, in place of base_url in site.toml";
    DRAFTS: "Đưa cả dự thảo vào trang, có đánh dấu" / "Show drafts too, with a mark";
    CLEAN: "Ghi lại mọi tệp, kể cả tệp không đổi" / "Write every file again, unchanged ones too";
    STRICT: "Coi cảnh báo là lỗi" / "Treat warnings as errors";
    QUIET: "Chỉ in vấn đề và lỗi" / "Print problems and errors only";
    EXPLAIN: "Nói vì sao từng trang được dựng lại (=json cho máy đọc)"
        / "Say why each page was made again (=json for machines)";
    MADE_AGAIN: "{} tệp được dựng:" / "{} files made:";
    LEFT: "{} tệp giữ nguyên: dữ liệu, giao diện và chương trình không đổi, tệp còn nguyên vẹn"
        / "{} files kept: view, theme and program unchanged, file intact";
    WHY_NEW: "mới" / "new";
    WHY_FIELDS: "thay đổi: {}" / "changed: {}";
    WHY_THEME: "giao diện thay đổi" / "theme changed";
    WHY_SITE: "phần chung của trang thay đổi (site.toml)" / "what all pages share changed (site.toml)";
    WHY_ENGINE: "chương trình thay đổi" / "program changed";
    WHY_MISSING: "tệp không còn" / "output missing";
    WHY_ALTERED: "tệp đã bị sửa" / "output altered";
    NO_SYNC: "Không chờ đĩa lưu xong (chỉ cho bản dựng tạm)" / "Do not wait for the disk (for throw-away builds)";
    LANG: "Ngôn ngữ của thông báo: vi hoặc en [mặc định: ngôn ngữ của trang]"
        / "The language of messages: vi or en [default: the site's]";
    COLOR: "Tô màu: auto, always hoặc never" / "Colours: auto, always or never";
    FORMAT: "Cách in vấn đề: human, json hoặc github" / "How to print problems: human, json or github";
    AGAINST: "Báo các địa chỉ trong một sitemap.xml cũ mà nay không còn" / "Report the addresses of an older sitemap.xml that no longer answer";
    HELP: "In phần trợ giúp này" / "Print this help";
    VERSION: "In phiên bản" / "Print the version";
    USAGE: "Cách dùng" / "Usage";
    USAGE_ALL: "nhiemky <lệnh> [tùy chọn]" / "nhiemky <command> [options]";
    USAGE_BUILD: "nhiemky build [tùy chọn]" / "nhiemky build [options]";
    USAGE_CHECK: "nhiemky check [tùy chọn]" / "nhiemky check [options]";
    USAGE_SERVE: "nhiemky serve [tùy chọn]" / "nhiemky serve [options]";
    USAGE_VERIFY: "nhiemky verify <đường dẫn> [tùy chọn]" / "nhiemky verify <path> [options]";
    COMMANDS: "Lệnh" / "Commands";
    OPTIONS: "Tùy chọn" / "Options";
    EXAMPLES: "Ví dụ" / "Examples";
    EXAMPLES_ALL: "  nhiemky check                    kiểm tra nội dung trong thư mục hiện tại\n  nhiemky build                    dựng trang vào thư mục public\n  nhiemky serve --open             vừa soạn vừa xem trước trong trình duyệt\n  nhiemky archive phuong/2020-2025 niêm phong một nhiệm kỳ đã qua\n  nhiemky build --help             xem mọi tùy chọn của một lệnh\n\nMã thoát: 0 tốt hoặc chỉ có cảnh báo; 1 nội dung có lỗi; 2 máy hoặc lệnh sai;\n130 hoặc 143 khi bị dừng (Ctrl-C, TERM)."
        / "  nhiemky check                    check the content in this folder\n  nhiemky build                    build the site into public\n  nhiemky serve --open             write and preview in the browser\n  nhiemky archive ward/2020-2025   seal a past term\n  nhiemky build --help             see every option of a command\n\nExit codes: 0 fine or warnings only; 1 errors in the content; 2 the machine or the command line;\n130 or 143 stopped (Ctrl-C, TERM).";
    EXAMPLES_BUILD: "  nhiemky build\n  nhiemky build --root D:\\nhiem-ky --output D:\\congbo\n  nhiemky build --drafts --output xem-thu\n  nhiemky build --strict --lang en"
        / "  nhiemky build\n  nhiemky build --root ~/reports --output ~/portal\n  nhiemky build --drafts --output preview\n  nhiemky build --strict --lang vi";
    EXAMPLES_CHECK: "  nhiemky check\n  nhiemky check --strict\n  nhiemky check --format json > van-de.json\n  nhiemky check --against public/sitemap.xml"
        / "  nhiemky check\n  nhiemky check --strict\n  nhiemky check --format json > problems.json\n  nhiemky check --against public/sitemap.xml";
    EXAMPLES_SERVE: "  nhiemky serve --open\n  nhiemky serve --drafts --follow\n  nhiemky serve --root D:\\nhiem-ky --port 8080"
        / "  nhiemky serve --open\n  nhiemky serve --drafts --follow\n  nhiemky serve --root ~/reports --port 8080";
    EXAMPLES_VERIFY: "  nhiemky verify D:\\luu-tru\\dang-bo-2020-2025\n  nhiemky verify dang-bo-2020-2025.zip --seal \"3a9f 01c2 …\"\n  nhiemky verify trang.wacz --format json\n\nMã thoát: 0 hợp lệ; 1 không hợp lệ; 2 máy gặp lỗi hoặc đây không phải gói lưu trữ."
        / "  nhiemky verify ~/archive/committee-2020-2025\n  nhiemky verify committee-2020-2025.zip --seal \"3a9f 01c2 …\"\n  nhiemky verify pages.wacz --format json\n\nExit codes: 0 valid; 1 not valid; 2 the machine failed, or it is no archive.";
    VERIFIED: "{}: {} · {} tệp, {} · {} lỗi, {} lưu ý" / "{}: {} · {} files, {} · errors: {}, notes: {}";
    VALID: "Hợp lệ" / "Valid";
    NOT_VALID: "KHÔNG hợp lệ" / "NOT valid";
    KIND_BAG: "gói BagIt" / "BagIt bag";
    KIND_ZIP: "tệp zip của gói BagIt" / "zip of a BagIt bag";
    KIND_WACZ: "tệp WACZ" / "WACZ";
    KIND_UNKNOWN: "tệp không mở được để kiểm tra" / "file that could not be looked into";
    SEAL_IS: "niêm phong: {}" / "seal: {}";
    NO_SEAL: "không có" / "none";
    MORE_PROBLEMS: "… và {} vấn đề nữa không in ra đây; xem tất cả bằng lệnh: nhiemky check --format json"
        / "… and {} more problems that are not shown; to see all of them: nhiemky check --format json";
    MORE_FINDINGS: "… và {} mục nữa không liệt kê" / "… and {} more that are not listed";
    BAD_SEAL: "--seal phải là mã niêm phong đầy đủ: 64 chữ số thập lục phân (hoặc 128 nếu là SHA-512)" / "--seal must be the whole seal: 64 hexadecimal digits (or 128 of SHA-512)";
    SERVING: "Xem trước tại {} (Ctrl-C để dừng)" / "Preview at {} (Ctrl-C to stop)";
    PORT_TAKEN: "cổng {} đang bận, dùng cổng {}" / "port {} is in use, taking port {}";
    OPEN_TO_ALL: "mọi máy trong mạng đều xem được bản xem trước này, kể cả dự thảo nếu có --drafts"
        / "every machine of the network can see this preview, drafts too with --drafts";
    SHOWN: "Đã cập nhật {} trong {} trang · {} · {}" / "Updated {} of {} pages · {} · {}";
    SECONDS: "{} giây" / "{} s";
    NOT_SHOWN: "{}. Vẫn hiển thị các trang đúng gần nhất; sửa xong sẽ tự cập nhật."
        / "{}. The last good pages are still shown; it goes on once this is mended.";
    FAILS_ON: "{}. Bản xem trước chưa cập nhật được; chương trình vẫn tiếp tục thử lại."
        / "{}. The preview cannot be brought up to date; this is tried again until it can.";
    RECOVERED: "lỗi trên không còn nữa; bản xem trước lại tự cập nhật" / "that is over; the preview is kept up to date again";
    NO_BROWSER: "không mở được trình duyệt; hãy mở địa chỉ trên" / "the browser cannot be opened; open the address above";
    ARCHIVE: "Niêm phong một nhiệm kỳ đã qua thành gói lưu trữ" / "Seal a past term as an archive";
    ARCHIVE_TERM: "Nhiệm kỳ, ví dụ phuong-mau/2020-2025" / "The term, such as ward/2020-2025";
    ARCHIVE_OUTPUT: "Thư mục của gói [mặc định: luu-tru/<đơn vị>-<nhiệm kỳ> trong thư mục của trang]"
        / "The archive's folder [default: archive/<unit>-<term> in the site's folder]";
    ARCHIVE_DATE: "Ngày lưu trữ [mặc định: ngày muộn nhất ghi trong nhiệm kỳ]"
        / "The date of the archive [default: the latest day in the term's files]";
    CONTACT: "Người hoặc bộ phận liên hệ, ghi vào gói" / "Whom to ask, noted in the archive";
    ZIP: "Thêm một tệp zip của gói" / "Add a zip of the archive";
    WACZ: "Thêm các trang dưới dạng WACZ để phát lại" / "Add the pages as WACZ, for replaying";
    AGAIN: "Niêm phong lại nhiệm kỳ đã niêm phong; gói cũ được giữ với tên có số"
        / "Seal a sealed term anew; the old archive is kept under a numbered name";
    USAGE_ARCHIVE: "nhiemky archive <đơn vị>/<nhiệm kỳ> [tùy chọn]" / "nhiemky archive <unit>/<term> [options]";
    EXAMPLES_ARCHIVE: "  nhiemky archive phuong-mau/2020-2025 --contact \"Văn phòng Đảng ủy\"\n  nhiemky archive phuong-mau/2020-2025 --zip --wacz --output D:\\luu-tru\\phuong-mau\n  nhiemky archive phuong-mau/2020-2025 --again"
        / "  nhiemky archive ward/2020-2025 --contact \"Party office\"\n  nhiemky archive ward/2020-2025 --zip --wacz --output ~/archives/ward\n  nhiemky archive ward/2020-2025 --again";
    ARCHIVED: "Đã lưu trữ {} vào {}: {} tệp, {}; mọi tệp đã được đọc lại và đúng" / "Archived {} in {}: {} files, {}; every file was read back and is right";
    ARCHIVED_SAME: "Gói lưu trữ của {} tại {} đã có và giống hệt: {} tệp, {}; mọi tệp đã được đọc lại và đúng"
        / "The archive of {} in {} is there already, just the same: {} files, {}; every file was read back and is right";
    ARCHIVED_BESIDE: "Kèm theo: {}" / "Beside it: {}";
    ARCHIVED_MOVED: "Gói cũ nay là {}" / "The archive before it is now {}";
    ARCHIVED_NOTED: "Đã ghi niêm phong vào {}; từ nay mọi thay đổi trong nhiệm kỳ này là lỗi, trừ đính chính (errata)"
        / "The seal is noted in {}; from now on any change in this term is an error, but for errata";
    ARCHIVED_EARLY: "chưa có báo cáo nào nhìn lại trọn nhiệm kỳ {}; nếu còn báo cáo sẽ thêm, hãy bỏ khoá `frozen` (dong_bang) và lưu trữ lại sau"
        / "no report looks back on the whole of {}; if one is still to come, take `frozen` out again and archive later";
    SEAL_LINE: "Niêm phong (sha256 của tagmanifest-sha256.txt), hãy ghi vào hồ sơ giấy:"
        / "Seal (sha256 of tagmanifest-sha256.txt), to be kept on paper:";
    NO_TERM: "không có nhiệm kỳ “{}”; các nhiệm kỳ hiện có: {}" / "there is no term “{}”; there are: {}";
    NO_REPORT: "nhiệm kỳ “{}” không có báo cáo nào được công khai" / "no report of the term “{}” is published";
    TAKEN: "đã có {} với nội dung khác, nên được giữ nguyên; hãy chuyển nó đi, hoặc chọn --output khác (nhiệm kỳ đã niêm phong thì dùng --again)"
        / "{} is there with other content and was left alone; move it away or choose another --output (for a sealed term, --again)";
    SEALED: "nhiệm kỳ “{}” đã niêm phong ngày {}, và gói lưu trữ làm bây giờ sẽ khác (nội dung, --date hoặc --contact khác); dùng --again để niêm phong lại"
        / "the term “{}” was sealed on {}, and its archive would now differ (content, --date or --contact); --again seals it anew";
    BRACES: "phần khai báo của {} viết trong ngoặc nhọn nên không ghi thêm được; hãy viết mỗi khoá một dòng"
        / "the front matter of {} is written in braces, so that nothing can be added; write each key on a line of its own";
    BAD_DATE: "--date phải là một ngày, ví dụ 2025-07-31" / "--date must be a date, such as 2025-07-31";
    NOTHING_ARCHIVED: "Chưa lưu trữ gì." / "Nothing was archived.";
    ERROR: "lỗi" / "error";
    NOTE: "lưu ý" / "note";
    UNKNOWN_ARGUMENT: "không có tùy chọn hoặc lệnh “{}”" / "there is no option or command “{}”";
    INVALID_VALUE: "“{}” không phải giá trị của {}" / "“{}” is no value of {}";
    MISSING_VALUE: "{} cần một giá trị" / "{} needs a value";
    MISSING_COMMAND: "thiếu lệnh" / "a command is missing";
    MISSING_ARGUMENT: "thiếu {}" / "{} is missing";
    TWICE: "{} chỉ ghi một lần" / "{} may be given once";
    BAD_USAGE: "dòng lệnh không đúng" / "the command line is wrong";
    CLOSEST: "gần nhất" / "nearest";
    ALLOWED: "các giá trị" / "values";
    TRY_HELP: "Xem: nhiemky --help" / "See: nhiemky --help";
    BAD_BASE_URL: "--base-url phải là địa chỉ đầy đủ, ví dụ https://ten-mien.vn/nhiem-ky/"
        / "--base-url must be a full address, such as https://example.vn/reports/";
    NOTHING_WRITTEN: "Chưa ghi gì; bản đã công bố giữ nguyên." / "Nothing was written; the published site is as it was.";
    PROGRESS: "đã làm {} trang" / "{} pages made";
}

/// `pattern` with each `{}` replaced in turn by a part, which may come from outside and is made harmless for a terminal.
pub fn fill(pattern: &str, parts: &[&str]) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut parts = parts.iter();
    let mut pieces = pattern.split("{}");
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        out.push_str(&harmless(parts.next().copied().unwrap_or_default()));
        out.push_str(piece);
    }
    out
}
