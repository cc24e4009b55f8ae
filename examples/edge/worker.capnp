# The Worker with the package's modules and the price book; which API it stands in front of is the config's to say.

using Workerd = import "/workerd/workerd.capnp";

const edge :Workerd.Worker = (
  compatibilityDate = "2026-07-01",
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "seedance-preflight", esModule = embed "../../pkg/workerd.js"),
    (name = "api.js", esModule = embed "../../pkg/api.js"),
    (name = "core.js", esModule = embed "../../pkg/core.js"),
    (name = "reading.js", esModule = embed "../../pkg/reading.js"),
    (name = "reference.js", esModule = embed "../../pkg/reference.js"),
    (name = "routes.js", esModule = embed "../../pkg/routes.js"),
    (name = "table.js", esModule = embed "../../pkg/table.js"),
    (name = "core.wasm", wasm = embed "../../pkg/core.wasm"),
  ],
  bindings = [
    (name = "API", service = "api"),
    (name = "PRICES", json = embed "../prices.json"),
    (name = "EDITION", fromEnvironment = "SEEDANCE_EDITION"),
  ],
);
