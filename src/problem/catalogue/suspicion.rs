//! Findings about text that looks wrong: NK5xx.

macro_rules! suspicion {
    ([$($next:ident)*] $($before:tt)*) => { chain! { [$($next)*] $($before)*
    /// Raw HTML.
    "NK501" Warning RawHtml {}
        vi "thẻ HTML được in ra như chữ thường" "dùng Markdown thay cho HTML"
        en "HTML is shown as text" "use Markdown instead"
    /// A replacement character.
    "NK502" Warning ReplacementCharacter {}
        vi "có ký tự � : chữ gốc đã mất khi chuyển mã" "gõ lại chữ này theo bản gốc"
        en "here stands �: the letter was lost in a conversion" "type it anew after the original"
    /// Remains of a TCVN3 or VNI font.
    "NK503" Warning OldEncoding { word: String, font: String }
        vi "“{word}” có vẻ là chữ theo bảng mã cũ {font}" "chuyển văn bản sang Unicode rồi dán lại"
        en "“{word}” looks like text in the old encoding {font}" "convert it to Unicode and paste it again"
    /// A per-cent or per-mille sign that lost its form.
    "NK504" Warning PercentZero { text: String }
        vi "“{text}” có lẽ là phần nghìn (‰)" "ghi ‰, hoặc % nếu là phần trăm"
        en "“{text}” may stand for per mille (‰)" "write ‰, or % where per cent is meant"
    /// A Party number in State form.
    "NK505" Warning StateForm { number: String, right: String }
        vi "“{number}” là số văn bản Đảng viết theo thể thức Nhà nước" "ghi “{right}”"
        en "“{number}” is a Party number in State form" "write “{right}”"
    } };
}
