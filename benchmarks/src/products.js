Object.defineProperty(exports, "__esModule", { value: true });
exports.measurePeak = measurePeak;
exports.measureProducts = measureProducts;
var kernels_1 = require("@unroll/kernels");
var peak_wasm_1 = require("./generated/peak.wasm");
var side_by_side_ts_1 = require("./side-by-side.ts");
/** float32 multiply-adds without loads, unfused, on one core. */
function measurePeak() {
  var module = new WebAssembly.Module(peak_wasm_1.default);
  var peak = new WebAssembly.Instance(module).exports.peak;
  var run = (0, side_by_side_ts_1.sideBySide)({ run: () => void peak(100000) }).run;
  return (100000 * 64) / run / 1e6;
}
/** The three products of training, at the sizes of the recurrence (B×H×H) and of its weight gradient (H×H, T·B rows). */
function measureProducts(H, B, rows, kinds) {
  var made = kinds.map((kind) => {
    var arena = new kernels_1.Arena("float32", kind);
    var _a = [arena.matrix(B, H), arena.matrix(B, H), arena.matrix(H, H)],
      C = _a[0],
      A = _a[1],
      W = _a[2];
    var _b = [arena.packed(H, H), arena.matrix(H, H), arena.matrix(rows, H), arena.matrix(rows, H)],
      P = _b[0],
      dW = _b[1],
      E = _b[2],
      S = _b[3];
    arena.commit();
    for (var _i = 0, _c = [A, W, E, S]; _i < _c.length; _i++) {
      var view = _c[_i];
      for (var i = 0; i < view.size; i++) view.data[view.offset + i] = ((i * 7) % 11) / 1000 - 0.005;
    }
    arena.kernels.packTransposed(P, W);
    return { k: arena.kernels, C: C, A: A, P: P, dW: dW, E: E, S: S };
  });
  var forward = (0, side_by_side_ts_1.sideBySide)(
    Object.fromEntries(
      kinds.map((kind, i) => [kind, () => made[i].k.addProduct(made[i].C, made[i].A, made[i].P)]),
    ),
  );
  var weights = (0, side_by_side_ts_1.sideBySide)(
    Object.fromEntries(
      kinds.map((kind, i) => [kind, () => made[i].k.addTransposedProduct(made[i].dW, made[i].E, made[i].S)]),
    ),
  );
  return kinds.flatMap((kernels) => [
    {
      kernels: kernels,
      product: "".concat(B, "\u00D7").concat(H, "\u00D7").concat(H),
      gigaflops: (2 * B * H * H) / forward[kernels] / 1e6,
    },
    {
      kernels: kernels,
      product: "".concat(H, "\u00D7").concat(H, ", ").concat(rows, " rows"),
      gigaflops: (2 * rows * H * H) / weights[kernels] / 1e6,
    },
  ]);
}
