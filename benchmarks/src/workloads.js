Object.defineProperty(exports, "__esModule", { value: true });
exports.workloads = void 0;
exports.operations = operations;
exports.batchOf = batchOf;
var kernels_1 = require("@unroll/kernels");
var losses_1 = require("@unroll/losses");
exports.workloads = [
  { name: "tiny", I: 1, H: 32, O: 1, B: 16, T: 100, loss: (0, losses_1.meanSquaredError)() },
  { name: "char", I: 65, H: 128, O: 65, B: 32, T: 50, loss: (0, losses_1.softmaxCrossEntropy)() },
  { name: "mid", I: 65, H: 256, O: 65, B: 64, T: 50, loss: (0, losses_1.softmaxCrossEntropy)() },
  { name: "large", I: 65, H: 512, O: 65, B: 64, T: 100, loss: (0, losses_1.softmaxCrossEntropy)() },
];
/** Floating-point operations that the products of a step need: T·B·(4·I·H + 6·H² + 6·H·O). */
function operations(_a) {
  var I = _a.I,
    H = _a.H,
    O = _a.O,
    B = _a.B,
    T = _a.T;
  return T * B * (4 * I * H + 6 * H * H + 6 * H * O);
}
/** The same batch in every run. */
function batchOf(_a) {
  var I = _a.I,
    O = _a.O,
    B = _a.B,
    T = _a.T,
    loss = _a.loss;
  var rows = T * B;
  var seed = 1;
  var next = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  var numbers = (columns) =>
    new kernels_1.View(
      Float32Array.from({ length: rows * columns }, () => next() - 0.5),
      0,
      rows,
      columns,
    );
  var tokens = () =>
    new kernels_1.Tokens(
      Int32Array.from({ length: rows }, () => Math.floor(next() * O)),
      0,
      rows,
    );
  return {
    steps: T,
    batch: B,
    inputs: numbers(I),
    targets: loss.targets === "tokens" ? tokens() : numbers(O),
  };
}
