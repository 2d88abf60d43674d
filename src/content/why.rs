//! Why a value is refused, in words of both languages.

use crate::model::quantity::QuantityError;
use crate::path::{UrlError, name};
use crate::problem::say::Both;
use crate::vietnamese::number::NumberError;

/// Why an address is refused, in words.
pub fn why_not(error: UrlError) -> Both {
    match error {
        UrlError::Scheme => {
            Both { vi: "giao thức này có thể gây hại", en: "that scheme could do harm" }
        }
        UrlError::NoScheme => Both { vi: "thiếu https:", en: "it lacks https:" },
        UrlError::Rooted => Both {
            vi: "không được mở đầu bằng dấu “/”", en: "it may not begin with “/”"
        },
        UrlError::Empty => Both { vi: "địa chỉ trống", en: "it is empty" },
    }
}

/// Why a name cannot stand in an old address, in words behind the name.
pub fn why_no_name(fault: name::Fault) -> Both {
    match fault {
        name::Fault::Device => Both {
            vi: "là tên Windows dành cho thiết bị",
            en: "is a name that Windows keeps for a device",
        },
        name::Fault::End => Both {
            vi: "kết thúc bằng dấu chấm hoặc dấu cách, Windows sẽ bỏ dấu này",
            en: "ends with a dot or a space, which Windows drops",
        },
        name::Fault::Sign => Both {
            vi: "có ký tự mà Windows không cho phép, như < > : \" | ? *",
            en: "holds a character that Windows does not allow, such as < > : \" | ? *",
        },
        name::Fault::Hidden => Both {
            vi: "mở đầu bằng dấu chấm, dành cho tệp ẩn của chương trình và máy chủ",
            en: "begins with a dot, as hidden files of programs and servers do",
        },
        name::Fault::Long => Both { vi: "dài quá 200 ký tự", en: "has more than 200 characters" },
    }
}

/// Why a figure cannot be read, in words.
pub fn why(error: &QuantityError) -> Both {
    match error {
        QuantityError::Empty => Both { vi: "không có gì", en: "there is nothing" },
        QuantityError::Words => Both { vi: "đây là chữ, không phải số", en: "these are words" },
        QuantityError::Number { error, .. } => why_number(*error),
        QuantityError::ReversedRange => {
            Both { vi: "số nhỏ phải đứng trước", en: "the lower number comes first" }
        }
        QuantityError::Dash => {
            Both { vi: "khoảng ghi bằng hai dấu chấm: 10..12", en: "a range is written 10..12" }
        }
        QuantityError::OperatorOnRange => {
            Both { vi: "khoảng không đi với dấu so sánh", en: "a range takes no operator" }
        }
        QuantityError::About => {
            Both { vi: "dấu ~ chỉ dùng cho số thực hiện", en: "~ belongs to results only" }
        }
        QuantityError::Slash => {
            Both { vi: "`value` ghi dạng thực hiện/mục tiêu", en: "`value` is written actual/goal" }
        }
    }
}

fn why_number(error: NumberError) -> Both {
    match error {
        NumberError::Empty => Both { vi: "không có chữ số", en: "there is no digit" },
        NumberError::Character(_) => Both { vi: "có ký tự lạ", en: "it holds a strange character" },
        NumberError::LoneSign => Both {
            vi: "dấu chấm, phẩy phải có chữ số ở hai bên",
            en: "a sign needs digits on both sides",
        },
        NumberError::Grouping => Both {
            vi: "hàng nghìn không tách đúng ba chữ số",
            en: "its thousands are not in groups of three",
        },
        NumberError::TwoDecimals => Both { vi: "có hai dấu thập phân", en: "it has two decimal signs" },
        NumberError::Swapped => Both {
            vi: "dấu chấm và dấu phẩy đổi chỗ cho nhau",
            en: "its dots and commas have changed places",
        },
        NumberError::TooLong => Both { vi: "quá 18 chữ số", en: "it has more than 18 digits" },
    }
}
