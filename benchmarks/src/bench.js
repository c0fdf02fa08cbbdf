var __spreadArray =
  (this && this.__spreadArray) ||
  function (to, from, pack) {
    if (pack || arguments.length === 2)
      for (var i = 0, l = from.length, ar; i < l; i++) {
        if (ar || !(i in from)) {
          if (!ar) ar = Array.prototype.slice.call(from, 0, i);
          ar[i] = from[i];
        }
      }
    return to.concat(ar || Array.prototype.slice.call(from));
  };
var _a, _b;
Object.defineProperty(exports, "__esModule", { value: true });
var node_os_1 = require("node:os");
var node_util_1 = require("node:util");
var kernels_1 = require("@unroll/kernels");
var products_ts_1 = require("./products.ts");
var streaming_ts_1 = require("./streaming.ts");
var table_ts_1 = require("./table.ts");
var training_ts_1 = require("./training.ts");
var workloads_ts_1 = require("./workloads.ts");
/** `npx pnpm bench [--json]`: everything on one core, without workers. */
var values = (0, node_util_1.parseArgs)({ options: { json: { type: "boolean", default: false } } }).values;
var kinds = (0, kernels_1.availableKernels)();
var machine = {
  node: process.version,
  cpu:
    (_b = (_a = (0, node_os_1.cpus)()[0]) === null || _a === void 0 ? void 0 : _a.model) !== null &&
    _b !== void 0
      ? _b
      : "unknown",
  kernels: kinds,
};
var peak = (0, products_ts_1.measurePeak)();
var products = __spreadArray(
  __spreadArray(
    __spreadArray([], (0, products_ts_1.measureProducts)(128, 32, 1600, kinds), true),
    (0, products_ts_1.measureProducts)(256, 64, 3200, kinds),
    true,
  ),
  (0, products_ts_1.measureProducts)(512, 64, 6400, kinds),
  true,
);
var training = workloads_ts_1.workloads.flatMap((workload) =>
  (0, training_ts_1.measureTraining)(workload, kinds),
);
var streaming = [16, 64, 128, 256, 512].flatMap((H) => (0, streaming_ts_1.measureStreaming)(H, kinds));
if (values.json)
  console.log(
    JSON.stringify({
      machine: machine,
      peak: peak,
      products: products,
      training: training,
      streaming: streaming,
    }),
  );
else {
  var one_1 = (value) => value.toFixed(1);
  console.log("".concat(machine.cpu, ", Node ").concat(machine.node, ", one core"));
  console.log("multiply-adds without loads, not fused: ".concat(one_1(peak), " GFLOP/s\n"));
  console.log(
    (0, table_ts_1.table)(
      ["product", "kernels", "GFLOP/s", "of the peak"],
      products.map((_a) => {
        var product = _a.product,
          kernels = _a.kernels,
          gigaflops = _a.gigaflops;
        return [product, kernels, one_1(gigaflops), "".concat(Math.round((100 * gigaflops) / peak), " %")];
      }),
    ),
  );
  console.log(
    (0, table_ts_1.table)(
      ["training step", "kernels", "ms", "GFLOP/s", "memory, MB"],
      training.map((_a) => {
        var workload = _a.workload,
          kernels = _a.kernels,
          milliseconds = _a.milliseconds,
          gigaflops = _a.gigaflops,
          bytes = _a.bytes;
        return [workload, kernels, milliseconds.toFixed(2), one_1(gigaflops), one_1(bytes / 1e6)];
      }),
    ),
  );
  console.log(
    (0, table_ts_1.table)(
      ["stream, H", "kernels", "µs a step"],
      streaming.map((_a) => {
        var H = _a.H,
          kernels = _a.kernels,
          microseconds = _a.microseconds;
        return [String(H), kernels, microseconds.toFixed(2)];
      }),
    ),
  );
}
