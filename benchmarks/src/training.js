Object.defineProperty(exports, "__esModule", { value: true });
exports.measureTraining = measureTraining;
var model_1 = require("@unroll/model");
var rnn_cell_1 = require("@unroll/rnn-cell");
var side_by_side_ts_1 = require("./side-by-side.ts");
var workloads_ts_1 = require("./workloads.ts");
/** One training step of a workload on each kind of kernels, side by side. */
function measureTraining(workload, kinds) {
  var I = workload.I,
    H = workload.H,
    O = workload.O,
    loss = workload.loss;
  var batch = (0, workloads_ts_1.batchOf)(workload);
  var models = kinds.map((kernels) =>
    (0, model_1.sequenceModel)({
      inputs: I,
      cells: [(0, rnn_cell_1.elman)({ hiddenSize: H })],
      outputs: O,
      seed: 1,
      kernels: kernels,
    }),
  );
  var steps = Object.fromEntries(
    kinds.map((kind, i) => [kind, () => void models[i].gradient(batch, { loss: loss })]),
  );
  var timings = (0, side_by_side_ts_1.sideBySide)(steps);
  return kinds.map((kernels, i) => ({
    workload: workload.name,
    kernels: kernels,
    milliseconds: timings[kernels],
    gigaflops: (0, workloads_ts_1.operations)(workload) / timings[kernels] / 1e6,
    bytes: models[i].bytes,
  }));
}
