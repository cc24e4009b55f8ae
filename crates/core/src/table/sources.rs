//! Who says so: the documents that the rules and the cells of the table rest on.

use serde::{Deserialize, Serialize, Serializer};

use super::Text;

/// A document of the edition, with where to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SourceInfo {
    /// Which source this is.
    pub source: Source,
    /// What it is called.
    pub title: Text,
    /// Where it is read; empty for what no document says.
    pub address: &'static str,
    /// What it decides, in one sentence.
    pub about: Text,
}

impl Source {
    /// Title, address and what it decides.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "one row a variant, in their order")]
    pub const fn info(self) -> &'static SourceInfo {
        &SOURCES[self as usize]
    }
}

/// One row per source gives its variant, its id and its entry of [`SOURCES`], so that none can be forgotten.
macro_rules! sources {
    ($($variant:ident = $id:literal, $address:literal
        { $title:literal | $title_zh:literal, $about:literal | $about_zh:literal })*) => {
        /// A source that a rule or a cell of the table names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[non_exhaustive]
        pub enum Source {
            $(
                #[doc = concat!($title, ": ", $about)]
                #[serde(rename = $id)]
                $variant,
            )*
        }

        impl Serialize for Source {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_unit_variant("Source", *self as u32, self.id())
            }
        }

        impl Source {
            /// The name that findings carry, such as `seed:table`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)*
                }
            }
        }

        /// Every source, in the order of [`Source`].
        pub(super) static SOURCES: &[SourceInfo] = &[
            $(SourceInfo {
                source: Source::$variant,
                title: Text { en: $title, zh: $title_zh },
                address: $address,
                about: Text { en: $about, zh: $about_zh },
            },)*
        ];
    };
}

sources! {
    SeedTable = "seed:table", "https://docs.jimmyai.cn/en/api-reference/seedance/mini/create" {
        "Mini Create Video" | "Mini 版创建视频",
        "The tables, the billing and the examples of the Mini page." | "Mini 页面的表格、计费说明与示例。"
    }
    SeedOpenapi = "seed:openapi", "https://docs.jimmyai.cn/en/api-reference/seedance/mini/create#openapi" {
        "OpenAPI schema of the endpoint" | "该接口的 OpenAPI 定义",
        "The schema that all routes share, and the prose in it." | "所有线路共用的字段定义及其中的文字说明。"
    }
    PageFull = "page:full", "https://docs.jimmyai.cn/en/api-reference/seedance/create" {
        "Create Seedance Full Video" | "满血版创建视频",
        "The 12 sd2_mx_* models." | "12 个 sd2_mx_* 模型。"
    }
    PageSp = "page:sp", "https://docs.jimmyai.cn/en/api-reference/seedance/sp/create" {
        "SP Create Video" | "SP 版创建视频",
        "The economy and the official SP models." | "SP 经济版与 SP 官方版模型。"
    }
    PageMiniSp = "page:mini-sp", "https://docs.jimmyai.cn/en/api-reference/seedance/mini-sp/create" {
        "Mini Special Create Video" | "Mini 特价版创建视频",
        "seedance2.0-mini-sp, billed per task." | "seedance2.0-mini-sp，按次计费。"
    }
    PageMd = "page:md", "https://docs.jimmyai.cn/en/api-reference/seedance/md/create" {
        "MD Create Video" | "MD 创建视频",
        "The two MD models and the limits of their reference videos." | "两个 MD 模型及其参考视频的限制。"
    }
    PageFastI2v = "page:fast-i2v", "https://docs.jimmyai.cn/en/api-reference/seedance/md/fast-i2v" {
        "Fast I2V Create Video" | "Fast I2V 创建视频",
        "seedance2.0-fast-i2v, images only." | "seedance2.0-fast-i2v，只接受图片。"
    }
    PageStd = "page:std", "https://docs.jimmyai.cn/en/api-reference/seedance/md/std" {
        "STD Create Video" | "STD 标准版创建视频",
        "seedance2.0-std." | "seedance2.0-std。"
    }
    PageQuery = "page:query", "https://docs.jimmyai.cn/en/api-reference/common/query" {
        "Query Video Task" | "查询视频任务",
        "The states of a task and its result." | "任务状态与结果。"
    }
    PageUpload = "page:upload", "https://docs.jimmyai.cn/en/api-reference/common/files-upload" {
        "File Upload" | "文件上传",
        "The file types that the API knows as image, video and audio." | "接口所认的图片、视频、音频文件类型。"
    }
    Inferred = "inferred", "" {
        "Inference" | "推断",
        "No document says it: read out of a name, an example or the neighbours." | "没有文档写明：由名称、示例或相邻线路推断。"
    }
    Rfc8259 = "rfc8259", "https://www.rfc-editor.org/rfc/rfc8259" {
        "RFC 8259: JSON" | "RFC 8259：JSON",
        "What JSON text is, and that names within an object should be unique." | "什么是 JSON 文本；对象内的名称应当唯一。"
    }
    Rfc3986 = "rfc3986", "https://www.rfc-editor.org/rfc/rfc3986" {
        "RFC 3986: URI" | "RFC 3986：URI",
        "How an address splits into scheme, host and path." | "地址如何拆成协议、主机与路径。"
    }
    Rfc1918 = "rfc1918", "https://www.rfc-editor.org/rfc/rfc1918" {
        "RFC 1918: private IPv4 addresses" | "RFC 1918：IPv4 私有地址",
        "10/8, 172.16/12 and 192.168/16 are private." | "10/8、172.16/12、192.168/16 为私有地址。"
    }
    Rfc4291 = "rfc4291", "https://www.rfc-editor.org/rfc/rfc4291" {
        "RFC 4291: IPv6 addresses" | "RFC 4291：IPv6 地址",
        "Unspecified, loopback, link-local and IPv4-mapped addresses." | "未指定、环回、链路本地与 IPv4 映射地址。"
    }
    Rfc6761 = "rfc6761", "https://www.rfc-editor.org/rfc/rfc6761" {
        "RFC 6761: special-use names" | "RFC 6761：特殊用途域名",
        "localhost and the names under it stay on the machine." | "localhost 及其子域只指本机。"
    }
    Rfc6762 = "rfc6762", "https://www.rfc-editor.org/rfc/rfc6762" {
        "RFC 6762: multicast DNS" | "RFC 6762：组播 DNS",
        "Names under .local exist on one link only." | ".local 域名只在本地链路内有效。"
    }
    Rfc6890 = "rfc6890", "https://www.rfc-editor.org/rfc/rfc6890" {
        "RFC 6890: special-purpose addresses" | "RFC 6890：特殊用途地址",
        "0.0.0.0, 127/8, 169.254/16 and fc00::/7 cannot be reached from outside."
            | "0.0.0.0、127/8、169.254/16、fc00::/7 无法从外部访问。"
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    #[test]
    fn ids_read_back_and_stand_in_the_order_of_the_enum() {
        for (place, info) in SOURCES.iter().enumerate() {
            assert_eq!(info.source as usize, place);
            assert_eq!(info.source.info(), info);
            let written = serde_json::to_string(&info.source).unwrap();
            assert_eq!(written, alloc::format!("\"{}\"", info.source.id()));
            assert_eq!(
                serde_json::from_str::<Source>(&written).unwrap(),
                info.source
            );
        }
    }

    #[test]
    fn only_what_no_document_says_has_no_address() {
        let homeless: alloc::vec::Vec<&str> = SOURCES
            .iter()
            .filter(|info| info.address.is_empty())
            .map(|info| info.source.id())
            .collect();
        assert_eq!(homeless, ["inferred"]);
        let mut addresses: alloc::vec::Vec<String> = SOURCES
            .iter()
            .map(|info| String::from(info.address))
            .collect();
        addresses.sort();
        addresses.dedup();
        assert_eq!(
            addresses.len(),
            SOURCES.len(),
            "two sources share one address"
        );
    }
}
