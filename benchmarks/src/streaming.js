Object.defineProperty(exports, "__esModule", { value: true });
exports.measureStreaming = measureStreaming;
var model_1 = require("@unroll/model");
var rnn_cell_1 = require("@unroll/rnn-cell");
var side_by_side_ts_1 = require("./side-by-side.ts");
function measureStreaming(H, kinds) {
  var input = Float32Array.from({ length: 8 }, (_, i) => i / 8 - 0.5);
  var output = new Float32Array(8);
  var steps = Object.fromEntries(
    kinds.map((kernels) => {
      var stream = (0, model_1.sequenceModel)({
        inputs: 8,
        cells: [(0, rnn_cell_1.elman)({ hiddenSize: H })],
        outputs: 8,
        kernels: kernels,
      }).stream();
      return [kernels, () => stream.step(input, output)];
    }),
  );
  var timings = (0, side_by_side_ts_1.sideBySide)(steps);
  return kinds.map((kernels) => ({ H: H, kernels: kernels, microseconds: timings[kernels] * 1000 }));
}
