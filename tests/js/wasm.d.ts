// The type of an imported module in workerd and in bundlers of edge runtimes.
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}
declare module '*.wasm?module' {
  const module: WebAssembly.Module;
  export default module;
}
// Replaced by `cargo xtask wasm`: the module's file name, its bytes in base64, and the script that wasm-bindgen generates.
declare const MODULE: string;
declare module 'core' {
  const base64: string;
  export default base64;
}
declare module 'glue' {
  type Lang = 'en' | 'zh' | undefined;
  type Edition = string | undefined;
  type Bytes = Uint8Array | undefined;
  export default function load(source: { module_or_path: unknown }): Promise<unknown>;
  export function initSync(source: { module: unknown }): unknown;
  export function __wbg_reset_state(): void;
  export function coreMemory(): WebAssembly.Memory;
  export function check(body: unknown, lang: Lang, edition: Edition, media: Bytes): unknown;
  export function quote(body: unknown, prices: Uint8Array, lang: Lang, edition: Edition, media: Bytes): unknown;
  export function judge(body: unknown, prices: Uint8Array, lang: Lang, edition: Edition, media: Bytes): unknown;
  export function compare(body: unknown, prices: Bytes, lang: Lang, edition: Edition, media: Bytes): unknown;
  export function readPriceBook(prices: Uint8Array, lang: Lang, edition: Edition): unknown;
  export function readCreateAnswer(text: Uint8Array, status: number | undefined): unknown;
  export function readTaskAnswer(text: Uint8Array, status: number | undefined): unknown;
  export function readJobs(text: Uint8Array, isTable: boolean, lang: Lang, edition: Edition): unknown;
  export function plan(
    lines: Uint8Array,
    prices: Uint8Array,
    budget: string | undefined,
    columns: string[],
    by: string | undefined,
    lang: Lang,
    edition: Edition,
  ): unknown;
  export class Batch {
    constructor(prices: Bytes, lang: Lang, edition: Edition);
    answer(piece: Uint8Array): Uint8Array;
    free(): void;
  }
}
