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
Object.defineProperty(exports, "__esModule", { value: true });
exports.sideBySide = sideBySide;
exports.median = median;
/**
 * Times candidates side by side: in each round every one gets its turn, long enough for the clock, in changing order;
 * the figure is the median over the rounds. So a disturbance of the machine hits all alike.
 */
function sideBySide(candidates, _a) {
  var _b = _a === void 0 ? {} : _a,
    _c = _b.rounds,
    rounds = _c === void 0 ? 9 : _c,
    _d = _b.turn,
    turn = _d === void 0 ? 40 : _d;
  var names = Object.keys(candidates);
  var all = Object.fromEntries(names.map((name) => [name, []]));
  var counts = {};
  for (var _i = 0, names_1 = names; _i < names_1.length; _i++) {
    var name_1 = names_1[_i];
    counts[name_1] = callsFor(candidates[name_1], turn);
  }
  for (var round = 0; round < rounds; round++) {
    for (var i = 0; i < names.length; i++) {
      var name_2 = names[(i + round) % names.length];
      all[name_2].push(time(candidates[name_2], counts[name_2]));
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(all[name])]));
}
/** Calls that take about `turn` milliseconds, after a warm-up. */
function callsFor(run, turn) {
  var calls = 1;
  for (;;) {
    var each = time(run, calls);
    if (each * calls >= turn / 4) return Math.max(1, Math.round(turn / each));
    calls *= 2;
  }
}
function time(run, calls) {
  var start = performance.now();
  for (var i = 0; i < calls; i++) run();
  return (performance.now() - start) / calls;
}
function median(values) {
  var sorted = __spreadArray([], values, true).sort((a, b) => a - b);
  var middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
