//! Findings about the configuration and the theme of a site: NK6xx.

macro_rules! site {
    ([$($next:ident)*] $($before:tt)*) => { chain! { [$($next)*] $($before)*
    /// `site.toml` is not TOML, or a value is of the wrong type.
    "NK601" Error Config { why: String }
        vi "site.toml sai: {why}" "các khoá của site.toml: title, base_url, language, unit, theme và bảng [fields]"
        en "site.toml is wrong: {why}" "it has title, base_url, language, unit, theme and [fields]"
    /// No `site.toml`.
    "NK602" Error NoConfig {}
        vi "không tìm thấy site.toml" "chạy lệnh trong thư mục của trang, hoặc chỉ thư mục bằng --root"
        en "there is no site.toml" "run the program in the site's folder, or name it by --root"
    /// A base address that is none.
    "NK603" Error BadBaseUrl { url: String }
        vi "base_url “{url}” không phải địa chỉ đầy đủ" "ghi dạng https://ten-mien.vn/thu-muc/"
        en "base_url “{url}” is no full address" "write it like https://example.vn/folder/"
    /// A theme that does not exist.
    "NK604" Error NoSuchTheme { name: String }
        vi "không có giao diện “{name}”" "tạo thư mục themes/{name}, hoặc dùng theme = \"default\""
        en "there is no theme “{name}”" "make the folder themes/{name}, or use theme = \"default\""
    /// A template that does not work.
    "NK605" Error Template { why: String }
        vi "mẫu giao diện bị lỗi: {why}" "sửa tệp mẫu, hoặc xoá tệp để dùng mẫu có sẵn"
        en "the template does not work: {why}" "mend it, or delete it to use the built-in one"
    /// A catalogue of labels that does not work.
    "NK606" Error Labels { why: String }
        vi "tệp nhãn bị lỗi: {why}" "sửa tệp; khoá nào không ghi thì dùng nhãn có sẵn"
        en "the labels do not work: {why}" "mend the file; keys it leaves out keep the built-in words"
    } };
}
