//! Help and misused options in Chinese: clap itself speaks English.

use std::error::Error;
use std::num::ParseIntError;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};
use seedance_core::DecimalError;

use crate::args::BLANK;

/// The command line with its help in Chinese.
pub fn translated(mut command: Command) -> Command {
    command.build();
    in_chinese(command)
}

fn in_chinese(mut command: Command) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage
        .trim_start_matches("Usage: ")
        .replace("[OPTIONS]", "[选项]")
        .replace("<COMMAND>", "<命令>");
    let mut template = String::from("{about}\n\n用法：{usage}\n");
    for (part, is_there) in [
        ("命令：\n{subcommands}", command.has_subcommands()),
        ("参数：\n{positionals}", command.get_positionals().next().is_some()),
        ("选项：\n{options}", true),
    ] {
        if is_there {
            template = template + "\n" + part + "\n";
        }
    }
    let about = of_lines(command.get_about());
    let after = of_lines(command.get_after_help());
    let names: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, in_chinese);
    }
    command
        .mut_args(argument)
        .override_usage(usage)
        .help_template(template.trim_end().to_owned() + "{after-help}")
        .about(about)
        .after_help(after)
}

fn argument(argument: Arg) -> Arg {
    let mut help = match (argument.get_id().as_str(), argument.get_long()) {
        ("help", _) => "显示帮助".into(),
        ("version", _) => "显示版本".into(),
        _ => of_lines(argument.get_help()),
    };
    let values: Vec<String> =
        argument.get_possible_values().iter().map(|it| it.get_name().to_owned()).collect();
    let takes_value = argument.get_action().takes_values();
    if takes_value && !values.is_empty() {
        help += &format!("（可选 {}）", values.join("、"));
    }
    if let Some(default) = argument.get_default_values().first().filter(|_| takes_value) {
        help += &format!("（默认 {}）", default.to_string_lossy());
    }
    // What was the long help is English.
    argument.help(help.clone()).long_help(help).hide_default_value(true).hide_possible_values(true)
}

fn of_lines(text: Option<&StyledStr>) -> String {
    let text = text.map(ToString::to_string).unwrap_or_default();
    let lines = text.lines().map(|line| match WORDS.iter().find(|(en, _)| *en == line) {
        Some((_, zh)) => zh,
        None => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What is wrong with a call, in one sentence.
pub fn misuse(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let possible = context(ContextKind::ValidValue);
    let or_help = |what: String| format!("{what}，用法见 `seedance --help`");
    let sentence = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("`{argument}` 缺少值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let sentence = format!("`{argument}` 的值 `{value}` 无效");
            match why(error) {
                Some(why) => return format!("{sentence}：{why}"),
                None => sentence,
            }
        }
        ErrorKind::UnknownArgument => format!("没有选项 `{argument}`"),
        ErrorKind::InvalidSubcommand => {
            format!("没有命令 `{}`", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::ArgumentConflict => match context(ContextKind::PriorArg) {
            prior if prior == argument || prior.is_empty() => format!("`{argument}` 只能出现一次"),
            prior => format!("`{argument}` 不能与 {prior} 同时使用"),
        },
        ErrorKind::NoEquals => format!("`{argument}` 的值须用 `=` 连接"),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("`{argument}` 的值个数不对")
        }
        ErrorKind::InvalidUtf8 => "有参数不是 UTF-8".into(),
        _ => "命令行有误".into(),
    };
    let meant =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
            .map(context);
    match meant.into_iter().find(|meant| !meant.is_empty()) {
        Some(meant) => format!("{sentence}，是否想写 `{meant}`？"),
        None if !possible.is_empty() => format!("{sentence}，可选 {possible}"),
        None => or_help(sentence),
    }
}

/// Why a value is none of its kind.
fn why(error: &clap::Error) -> Option<String> {
    let source = error.source()?;
    if let Some(error) = source.downcast_ref::<DecimalError>() {
        return Some(match error {
            DecimalError::TooManyDigits => "位数过多".into(),
            _ => "应为 `0.05` 这样的十进制数".into(),
        });
    }
    let text = source.to_string();
    // As clap words the range of a number.
    if let Some((_, range)) = text.split_once(" is not in ") {
        return Some(format!("应在 {range} 之内"));
    }
    if source.is::<ParseIntError>() {
        return Some("应为整数".into());
    }
    let known = WHY.iter().find(|(en, _)| *en == text);
    known.map(|(_, zh)| (*zh).into())
}

/// What our own readers of values say.
const WHY: &[(&str, &str)] = &[
    (BLANK, "不能为空"),
    (
        "write an amount such as 2 or 0.50, without a sign or a currency",
        "请填写 2 或 0.50 这样的金额，不带符号和币种",
    ),
];

/// The lines of the help, but examples: those need no translation.
#[rustfmt::skip]
const WORDS: &[(&str, &str)] = &[
    ("Examples:", "示例："),
    ("Language of messages", "消息的语言"),
    ("Output format", "输出格式"),
    ("Edition of the rules", "规则版本"),
    ("Colours in reports", "报告是否带颜色"),
    ("Checks and prices Seedance 2.0 video requests before they are sent", "在发送之前校验 Seedance 2.0 视频请求并计算价格"),
    ("Check whether a request would be accepted, and how to fix it", "校验请求能否被接受，以及如何修正"),
    ("Calculate the exact price of a request", "计算请求的确切价格"),
    ("Compare the same request on all models, the cheapest accepted one first", "在所有模型上比较同一请求，可用且最便宜的在前"),
    ("Price a whole file of jobs, and see how much of it a budget covers", "为整个文件的请求计价，并看预算够多少"),
    ("Compare quotes with actual charges and explain each difference", "将报价与实扣核对，并说明每处差异"),
    ("Measure MP4 and MOV files on this computer and print their media facts", "测量本机的 MP4、MOV 文件并输出素材信息"),
    ("Check, compare and create price books", "检查、比较和新建价格表"),
    ("Find what is misspelt, stale, contradictory or missing in a price book", "找出价格表中写错、过旧、矛盾或缺少的内容"),
    ("Tell what changed between two price books", "列出两份价格表之间的变化"),
    ("Make a price book of the platform's public catalogue", "由平台公开目录生成价格表"),
    ("Print a price book to fill in, with every billing name", "输出待填写的价格表，含全部计费模型名"),
    ("Show the table of routes, models and limits", "显示线路、模型与限制"),
    ("Explain one rule with its sources, or list all rules", "说明一条规则及其来源，或列出全部规则"),
    ("Start the form and its local companion on this computer", "在本机启动表单与本地助手"),
    ("Write the manual pages of all commands to a folder", "将全部命令的手册页写入文件夹"),
    ("Print what makes a shell complete commands, options, rules and models", "输出命令行补全脚本，可补全命令、选项、规则与模型"),
    ("Print this message or the help of the given subcommand(s)", "显示本帮助，或某个命令的帮助"),
    // Requests and jobs.
    ("Request JSON file; omit it or use `-` for standard input", "请求的 JSON 文件，省略或写 `-` 表示标准输入"),
    ("JSON file with the length, size and frame rate of the reference videos, or what ffprobe printed", "参考视频的时长、尺寸、帧率（JSON），或 ffprobe 的输出"),
    ("Read what is nearly JSON as it was meant, and show what was changed", "按原意读取接近 JSON 的文本，并说明改动"),
    ("Convert a request in another vendor's shape", "转换其他厂商格式的请求"),
    ("Apply the fixes of errors and print the request; `all` also those that remove something or change the model", "应用各错误的修正并输出请求；`all` 还包括会移除内容或更换模型的修正"),
    ("Check by the rules of another edition, too", "同时按另一规则版本校验"),
    ("Read one job per line, or a table of jobs, and write one JSON line per job", "每行读取一个请求，或读取表格，逐个输出一行 JSON"),
    ("With --ndjson: no progress or totals on standard error", "配合 --ndjson：标准错误不显示进度与合计"),
    ("Your unit prices", "你的单价"),
    ("Your unit prices; without them the order is the table's", "你的单价；没有时按线路表的顺序"),
    ("Also write the table to this file, in the format of its ending: .csv, .json, .md, .parquet", "同时将表格写入该文件，格式取决于扩展名：.csv、.json、.md、.parquet"),
    ("With --out FILE.csv: for a spreadsheet, with a byte-order mark and without cells that it could take for formulas", "配合 --out 文件.csv：适合电子表格，带 BOM，且单元格不会被当作公式"),
    ("Jobs are one JSON object a line: a request, a request with an `id` among its fields, or `{\"id\": …, \"request\": {…}, \"media\": {…}}`.", "每行一个 JSON 对象：请求，带 `id` 的请求，或 `{\"id\": …, \"request\": {…}, \"media\": {…}}`。"),
    ("Or a table (CSV, TSV, semicolons) with a header: columns named as the request's fields, lists with `|` between their items or as `image_1`, `image_2` …, `id`, and `seconds_1` … for the lengths of the reference videos. Further columns are carried along.", "也可以是带表头的表格（CSV、TSV 或分号分隔）：列名即请求的字段，列表用 `|` 分隔或写成 `image_1`、`image_2` …，另有 `id` 与参考视频时长 `seconds_1` …。其他列会原样带上。"),
    ("Exit code: 0 accepted, 1 not accepted, 2 could not run", "退出码：0 校验通过，1 校验未通过，2 无法运行"),
    ("Exit code: 0 priced, 1 not priceable, 2 could not run", "退出码：0 已报价，1 无法报价，2 无法运行"),
    ("Exit code: 0 some model accepts it, 1 none does, 2 could not run", "退出码：0 有模型可用，1 没有，2 无法运行"),
    // Plans.
    ("Jobs, one a line or a table; `-` or nothing reads standard input", "请求文件，每行一个或表格；省略或写 `-` 表示标准输入"),
    ("Budget, in the price book's currency", "预算，币种与价格表相同"),
    ("Write the jobs that surely fit the budget to this file, one a line, to be sent", "将预算确定够用的请求写入该文件，每行一个，供发送"),
    ("Add up by a column of the table of jobs", "按表格的某一列汇总"),
    ("Tell what is not as in this earlier plan, which `--out FILE.json` wrote", "与之前 `--out 文件.json` 写出的计划比较"),
    ("Only list jobs of this status", "只列出该状态的请求"),
    ("Only tell what the jobs come to", "只显示汇总"),
    ("No progress on standard error", "标准错误不显示进度"),
    ("Exit code: 0 all jobs are ready and surely fit the budget, 1 not, 2 could not run", "退出码：0 全部可发送且预算确定够用，1 否，2 无法运行"),
    // Bills.
    ("What `seedance quote --ndjson` wrote, or the history that the form exported", "`seedance quote --ndjson` 的输出，或表单导出的历史"),
    ("What was charged: a table, one JSON object per line, the companion's journal, or the form's history; without it the first file's", "扣费记录：表格、每行一个 JSON 对象、本地助手的日志或表单的历史；省略时取自第一个文件"),
    ("The column of the charges that names the job", "扣费记录中标识请求的列"),
    ("The column of the charges that has the amount", "扣费记录中的金额列"),
    ("Also list what is as quoted", "也列出与报价一致的"),
    ("Your unit prices, to recognise the price of another resolution", "你的单价，用于识别其他分辨率的价格"),
    ("Charges are a table (CSV, TSV, semicolons) with the columns `id` and `amount`, where there are some `currency`, `status` and `total_tokens`, and any others, or the same as one JSON object a line. A negative amount is a refund; several charges for one id are added up.", "扣费记录是表格（CSV、TSV 或分号分隔），须有 `id`、`amount` 列，可有 `currency`、`status`、`total_tokens` 及任意其他列；也可以每行一个 JSON 对象。负数为退款，同一 id 的多笔扣费会相加。"),
    ("The platform's prices as `seedance prices catalog` writes them, to recognise charges by list price", "平台目录价（由 `seedance prices catalog` 生成），用于识别按目录价的扣费"),
    ("Pass on what these rules refuse, with a warning: for what the vendor has changed since the edition", "这些规则拒绝的请求也转发并给出警告，用于厂商在该规则版本之后的变化"),
    ("Exit code: 0 all charges are as quoted, 1 not, 2 could not run", "退出码：0 全部与报价一致，1 否，2 无法运行"),
    // Media, rules, price books, manual.
    ("The files, in the order of the request's reference videos", "文件，顺序与请求的参考视频一致"),
    ("Exit code: 0 all files were measured, 1 not all, 2 could not run", "退出码：0 全部测得，1 否，2 无法运行"),
    ("The price book", "价格表"),
    ("The price book before", "原来的价格表"),
    ("The price book now", "现在的价格表"),
    ("Prices older than this are stale", "超过该天数即为较旧"),
    ("Jobs, as `plan` reads them: only names that they are billed by need a price", "请求文件（同 `plan`）：只有用到的计费模型名需要价格"),
    ("Currency to put into the book", "价格表的币种"),
    ("The answer of `GET /api/openapi/model/catalog`; omit it or use `-` for standard input", "`GET /api/openapi/model/catalog` 的响应，省略或写 `-` 表示标准输入"),
    ("The day of the prices", "价格日期"),
    ("Exit code: 0 nothing is wrong, 1 something is, 2 no price book", "退出码：0 没有问题，1 有问题，2 不是价格表"),
    ("Exit code: 0 nothing changed, 1 something did, 2 no price book", "退出码：0 没有变化，1 有变化，2 不是价格表"),
    ("Id of the rule", "规则名"),
    ("Only the route of this name, or of this model", "只显示该线路，或该模型所在的线路"),
    ("What the second edition says otherwise than the first, model by model", "逐个模型列出后一规则版本与前一版本的不同"),
    ("The folder", "文件夹"),
    ("The shell", "shell 的名称"),
    ("Prices, language and edition may also come from SEEDANCE_PRICES, SEEDANCE_LANG and SEEDANCE_EDITION, or from `settings.json` in the folder `seedance` of the system's place for settings: {\"prices\": \"prices.json\", \"lang\": \"zh\", \"edition\": \"latest\"}", "单价、语言与规则版本也可来自 SEEDANCE_PRICES、SEEDANCE_LANG、SEEDANCE_EDITION，或系统设置目录下 `seedance` 文件夹中的 `settings.json`：{\"prices\": \"prices.json\", \"lang\": \"zh\", \"edition\": \"latest\"}"),
    // The companion.
    ("Port on 127.0.0.1 and ::1; 0 picks a free one (the form's history is separate for each port)", "127.0.0.1 与 ::1 上的端口，0 表示任选空闲端口（表单的历史按端口分开）"),
    ("Open the form in your browser", "在浏览器中打开表单"),
    ("The API that calls are passed on to: https, or http on this machine", "请求转发到的 API 地址：https，本机可用 http"),
    ("Price book (JSON) for the form and for --max-cost", "表单与 --max-cost 使用的价格表（JSON）"),
    ("Refuse create requests that could cost more than this, in the price book's currency", "拒绝可能超过该金额的创建请求，币种与价格表相同"),
    ("With --max-cost: also pass on requests whose highest price is unknown, and unknown fields", "配合 --max-cost：最高价格未知或含未知字段的请求也转发"),
    ("Read the API key from this file, which only you may be able to read", "从该文件读取 API 密钥，文件须只有你能读取"),
    ("Keep the journal of attempts here [default: your state directory]", "请求日志的位置（默认在你的状态目录）"),
    ("Trust the certificate authorities in this PEM file too", "同时信任该 PEM 文件中的证书机构"),
    ("How long to wait for an answer of the API", "等待 API 响应的时间"),
    ("For how long a request whose response was lost is not sent again by itself; 0 always sends it", "响应丢失的请求在多长时间内不会自动重发，0 表示总是重发"),
    ("Do not list requests on standard error", "不在标准错误列出请求"),
    ("The API key is read from JIMMYAI_API_KEY or, with --key-file, from a file that only you can", "API 密钥取自 JIMMYAI_API_KEY，或用 --key-file 指定的、只有你能"),
    ("read (chmod 600). Without one the form checks and prices, but cannot send.", "读取的文件（chmod 600）。没有密钥时表单可以校验和报价，但不能发送。"),
    ("Scripts: use the companion as the API's base URL, with your own bearer token. Each create is", "脚本：将本地助手作为 API 的地址，并使用自己的 bearer token。每个创建请求"),
    ("checked, and priced against --max-cost, before it is passed on.", "都会先校验并按 --max-cost 计价，再转发。"),
];

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Options;

    /// All that is not an example, a name or a blank line.
    fn is_english(line: &str) -> bool {
        let is_example = line.starts_with("  ");
        !is_example && !line.is_empty() && !line.contains(|it| ('一'..='龥').contains(&it))
    }

    fn english(command: &Command, found: &mut Vec<String>) {
        let texts = [command.get_about(), command.get_after_help()].map(of_lines);
        let help = command.get_arguments().map(|it| of_lines(it.get_help()));
        for text in texts.into_iter().chain(help) {
            found.extend(text.lines().filter(|line| is_english(line)).map(Into::into));
        }
        for command in command.get_subcommands() {
            english(command, found);
        }
    }

    #[test]
    fn the_help_is_chinese_throughout() {
        let mut found = Vec::new();
        english(&translated(Options::command()), &mut found);
        assert_eq!(found, Vec::<String>::new());
    }
}
