//! Findings about addresses that were promised before: NK7xx.

macro_rules! address {
    ([$($next:ident)*] $($before:tt)*) => { chain! { [$($next)*] $($before)*
    /// An address of an older sitemap that nothing answers. An error: it stands in other people's papers for decades.
    "NK701" Error AddressGone { address: String }
        vi "địa chỉ “{address}” có trong sơ đồ trang cũ nhưng nay không còn" "thêm “{address}” vào `aliases` (địa chỉ cũ) của đơn vị, nhiệm kỳ hoặc báo cáo thay cho trang đó; với một mục thì thêm mã cũ của mục"
        en "the address “{address}” of the older sitemap no longer answers" "add the old address “{address}” to `aliases` of the unit, term or report that stands for it now; for an item, its old id"
    /// Addresses of an older sitemap that stand elsewhere.
    "NK702" Warning OtherBase { count: usize, example: String, base: String }
        vi "sơ đồ trang cũ có {count} địa chỉ không nằm dưới {base} nên không đối chiếu được, ví dụ {example}" "nếu trang đã đổi tên miền, hãy chuyển hướng tên miền cũ trên máy chủ, rồi đối chiếu bằng bản sao có địa chỉ mới"
        en "{count} addresses of the older sitemap do not lie below {base} and were not compared, such as {example}" "where the site has moved, let the server of the old address redirect, and compare a copy with the new one"
    /// A file that is no sitemap.
    "NK703" Error BadSitemap { line: usize, why: Both }
        vi "không đọc được sơ đồ trang này (dòng {line}): {why}" "dùng sitemap.xml của một lần dựng trước, chưa nén, cùng các phần của nó trong một thư mục"
        en "this sitemap cannot be read (line {line}): {why}" "take the sitemap.xml of an earlier build, not compressed, with its parts in one folder"
    } };
}
