//! The documents that the rules and the cells of the table are based on.

use serde::Serialize;

use super::named::named;
use super::{Edition, Text};

/// A document, and where to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SourceInfo {
    /// Which source this is.
    pub source: Source,
    /// Its title.
    pub title: Text,
    /// Its URL; empty for [`Source::Inferred`], which no document states.
    pub address: &'static str,
    /// What it covers, in one sentence.
    pub about: Text,
    /// The editions that are based on it.
    #[serde(skip)]
    pub editions: &'static [Edition],
}

impl Source {
    /// Title, address and what the source covers.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "one row a variant, in their order")]
    pub const fn info(self) -> &'static SourceInfo {
        &SOURCES[self as usize]
    }
}

/// Each row defines a source's variant, its id and its entry in [`SOURCES`], so that none of them can be forgotten.
macro_rules! sources {
    ($($variant:ident = $id:literal, $editions:expr, $address:literal,
        $title:literal | $title_zh:literal, $about:literal | $about_zh:literal;)*) => {
        named! {
            /// A source that a rule or a cell of the table names.
            #[non_exhaustive]
            pub enum Source,
            /// The name that findings carry, such as `seed:table`.
            id {
                $(#[doc = concat!($title, ": ", $about)] $variant = $id,)*
            }
        }

        /// Every source, in the order of [`Source`].
        pub(super) static SOURCES: &[SourceInfo] = &[
            $(SourceInfo {
                source: Source::$variant,
                title: Text::new($title, $title_zh),
                address: $address,
                about: Text::new($about, $about_zh),
                editions: $editions,
            },)*
        ];
    };
}

const FIRST: &[Edition] = &[Edition::V2026_07];
const LATER: &[Edition] = &[Edition::V2026_09];
const BOTH: &[Edition] = &Edition::ALL;

sources! {
    SeedTable = "seed:table", FIRST, "https://docs.jimmyai.cn/en/api-reference/seedance/mini/create",
        "Mini Create Video" | "Mini 版创建视频",
        "The tables, the billing and the examples of the Mini docs." | "Mini 文档的表格、计费说明与示例。";
    SeedOpenapi = "seed:openapi", FIRST, "https://docs.jimmyai.cn/en/api-reference/seedance/mini/create#openapi",
        "OpenAPI schema of the endpoint" | "该接口的 OpenAPI 定义",
        "The schema shared by all routes, and its descriptions." | "所有线路共用的字段定义及其中的文字说明。";
    PageFull = "page:full", FIRST, "https://docs.jimmyai.cn/en/api-reference/seedance/create",
        "Create Seedance Full Video" | "满血版创建视频",
        "The 12 sd2_mx_* models." | "12 个 sd2_mx_* 模型。";
    PageSp = "page:sp", BOTH, "https://docs.jimmyai.cn/en/api-reference/seedance/sp/create",
        "SP Create Video" | "SP 版创建视频",
        "The economy and the official SP models." | "SP 经济版与 SP 官方版模型。";
    PageMiniSp = "page:mini-sp", BOTH, "https://docs.jimmyai.cn/en/api-reference/seedance/mini-sp/create",
        "Mini Special Create Video" | "Mini 特价版创建视频",
        "seedance2.0-mini-sp, billed per task." | "seedance2.0-mini-sp，按次计费。";
    PageMd = "page:md", FIRST, "https://docs.jimmyai.cn/en/api-reference/seedance/md/create",
        "MD Create Video" | "MD 创建视频",
        "The two MD models and the limits of their reference videos." | "两个 MD 模型及其参考视频的限制。";
    PageFastI2v = "page:fast-i2v", BOTH, "https://docs.jimmyai.cn/en/api-reference/seedance/md/fast-i2v",
        "Fast I2V Create Video" | "Fast I2V 创建视频",
        "seedance2.0-fast-i2v, images only." | "seedance2.0-fast-i2v，只接受图片。";
    PageStd = "page:std", BOTH, "https://docs.jimmyai.cn/en/api-reference/seedance/md/std",
        "STD Create Video" | "STD 标准版创建视频",
        "seedance2.0-std." | "seedance2.0-std。";
    PageQuery = "page:query", FIRST, "https://docs.jimmyai.cn/en/api-reference/common/query",
        "Query Video Task" | "查询视频任务",
        "The states of a task and its result." | "任务状态与结果。";
    PageUpload = "page:upload", BOTH, "https://docs.jimmyai.cn/en/api-reference/common/files-upload",
        "File Upload" | "文件上传",
        "The file types the API accepts as image, video and audio." | "接口支持的图片、视频、音频文件类型。";
    DocsOpenapi = "docs:openapi", LATER, "https://github.com/ZUCCzwp/docs/blob/b6e8c4f86b9909f9e2853baa982690e5b269d515/en/api-reference/openapi.json",
        "OpenAPI schema, September" | "9 月的接口定义",
        "The schema shared by all routes, and its descriptions." | "所有线路共用的字段定义及其中的文字说明。";
    DocsFull = "docs:full", LATER, "https://github.com/ZUCCzwp/docs/blob/adeeedb1539d91059e9fc20953414565e5591029/en/api-reference/seedance/create.mdx",
        "Create Seedance Full Video, September" | "9 月的满血版创建视频",
        "The 12 sd2_mx_* models." | "12 个 sd2_mx_* 模型。";
    DocsMini = "docs:mini", LATER, "https://github.com/ZUCCzwp/docs/blob/ec29d87e0dffa2a07e0662df999004a8f4730dae/en/api-reference/seedance/mini/create.mdx",
        "Mini Create Video, September" | "9 月的 Mini 版创建视频",
        "The Mini models, and their billing names as models." | "Mini 模型，以及可作为模型使用的计费模型名。";
    DocsMd = "docs:md", LATER, "https://github.com/ZUCCzwp/docs/blob/4bc8c10dcd3c62a9911c34e34528a9e972eed549/en/api-reference/seedance/md/create.mdx",
        "MD Create Video, September" | "9 月的 MD 创建视频",
        "seedance2.0-md and seedance2.0-fast-md, each with limits of its own." | "seedance2.0-md 与 seedance2.0-fast-md，限制各不相同。";
    DocsStandard = "docs:standard", LATER, "https://github.com/ZUCCzwp/docs/blob/070ed2be727b404fa1ea33caa9783b6e1255cf78/en/api-reference/seedance/20480/create.mdx",
        "2.0 Standard Create Video" | "2.0 标准版创建视频",
        "The seedance-2.0-* models." | "seedance-2.0-* 模型。";
    DocsGz = "docs:gz", LATER, "https://github.com/ZUCCzwp/docs/blob/4bc8c10dcd3c62a9911c34e34528a9e972eed549/en/api-reference/seedance/gz720/create.mdx",
        "GZ Create Video" | "GZ 创建视频",
        "The seedance2.0-gz* models, billed by tokens." | "seedance2.0-gz* 模型，按 tokens 计费。";
    DocsGzMini = "docs:gz-mini", LATER, "https://github.com/ZUCCzwp/docs/blob/070ed2be727b404fa1ea33caa9783b6e1255cf78/en/api-reference/seedance/mini/create-gz.mdx",
        "GZ Mini Create Video" | "GZ Mini 创建视频",
        "The seedance2.0-gz-mini* models." | "seedance2.0-gz-mini* 模型。";
    Docs933 = "docs:933", LATER, "https://github.com/ZUCCzwp/docs/blob/47be032e071980d6dbf87e1e7666d1d7de90e9eb/en/api-reference/seedance/20933/create.mdx",
        "933 Create Video" | "933 创建视频",
        "The seedance2.0-933* models." | "seedance2.0-933* 模型。";
    Docs933At720p = "docs:933-720p", LATER, "https://github.com/ZUCCzwp/docs/blob/02ff944fea7e0913b760f3517e395b3862cb2453/en/api-reference/seedance/933720/create.mdx",
        "933 720p Create Video" | "933 720p 创建视频",
        "sd2-933-720p." | "sd2-933-720p。";
    DocsLlms = "docs:llms", LATER, "https://github.com/ZUCCzwp/docs/blob/b6e8c4f86b9909f9e2853baa982690e5b269d515/llms.txt",
        "The documents’ table of contents" | "文档目录",
        "Which routes the vendor still lists." | "厂商仍列出哪些线路。";
    SkillsApi = "skills:api", LATER, "https://github.com/ZUCCzwp/jimiskills/blob/4602daa8e9b255c4614b904c130c66c3daf4913f/jimmyai/references/api.md",
        "The vendor’s notes for agents: API" | "厂商给智能体的说明：接口",
        "Models, limits and billing, briefly." | "模型、限制与计费的简要说明。";
    SkillsTroubleshooting = "skills:troubleshooting", LATER, "https://github.com/ZUCCzwp/jimiskills/blob/4602daa8e9b255c4614b904c130c66c3daf4913f/jimmyai/references/troubleshooting.md",
        "The vendor’s notes for agents: troubleshooting" | "厂商给智能体的说明：排错",
        "What the gateway refuses, and why." | "网关会拒绝什么，以及原因。";
    SkillsRouting = "skills:routing", LATER, "https://github.com/ZUCCzwp/jimiskills/blob/4602daa8e9b255c4614b904c130c66c3daf4913f/openapi-endpoint-routing/SKILL.md",
        "The vendor’s notes for agents: endpoints" | "厂商给智能体的说明：接口路径",
        "Which models belong to which path." | "哪些模型属于哪个接口路径。";
    Inferred = "inferred", BOTH, "",
        "Inference" | "推断",
        "Not stated in any document: inferred from a name, an example or a similar route." | "没有文档写明：由名称、示例或相邻线路推断。";
    Rfc8259 = "rfc8259", BOTH, "https://www.rfc-editor.org/rfc/rfc8259",
        "RFC 8259: JSON" | "RFC 8259：JSON",
        "Defines JSON, and says that names in an object should be unique." | "什么是 JSON 文本；对象内的名称应当唯一。";
    Rfc3986 = "rfc3986", BOTH, "https://www.rfc-editor.org/rfc/rfc3986",
        "RFC 3986: URI" | "RFC 3986：URI",
        "How an address splits into scheme, host and path." | "地址如何拆成协议、主机与路径。";
    Rfc1918 = "rfc1918", BOTH, "https://www.rfc-editor.org/rfc/rfc1918",
        "RFC 1918: private IPv4 addresses" | "RFC 1918：IPv4 私有地址",
        "10/8, 172.16/12 and 192.168/16 are private." | "10/8、172.16/12、192.168/16 为私有地址。";
    Rfc4291 = "rfc4291", BOTH, "https://www.rfc-editor.org/rfc/rfc4291",
        "RFC 4291: IPv6 addresses" | "RFC 4291：IPv6 地址",
        "Unspecified, loopback, link-local and IPv4-mapped addresses." | "未指定、环回、链路本地与 IPv4 映射地址。";
    Rfc6761 = "rfc6761", BOTH, "https://www.rfc-editor.org/rfc/rfc6761",
        "RFC 6761: special-use names" | "RFC 6761：特殊用途域名",
        "localhost and the names under it stay on the machine." | "localhost 及其子域只指本机。";
    Rfc6762 = "rfc6762", BOTH, "https://www.rfc-editor.org/rfc/rfc6762",
        "RFC 6762: multicast DNS" | "RFC 6762：组播 DNS",
        "Names under .local exist on one link only." | ".local 域名只在本地链路内有效。";
    Rfc6890 = "rfc6890", BOTH, "https://www.rfc-editor.org/rfc/rfc6890",
        "RFC 6890: special-purpose addresses" | "RFC 6890：特殊用途地址",
        "0.0.0.0, 127/8, 169.254/16 and fc00::/7 cannot be reached from outside." | "0.0.0.0、127/8、169.254/16、fc00::/7 无法从外部访问。";
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
            assert_eq!(serde_json::from_str::<Source>(&written).unwrap(), info.source);
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
        let mut addresses: alloc::vec::Vec<String> =
            SOURCES.iter().map(|info| String::from(info.address)).collect();
        addresses.sort();
        addresses.dedup();
        assert_eq!(addresses.len(), SOURCES.len(), "two sources share one address");
    }
}
