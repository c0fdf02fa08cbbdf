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
exports.table = table;
/** Rows in columns as wide as their widest cell; the first column to the left, the others to the right. */
function table(head, rows) {
  var all = __spreadArray([head], rows, true);
  var widths = head.map((_, c) =>
    Math.max.apply(
      Math,
      all.map((row) => row[c].length),
    ),
  );
  var line = (row) =>
    row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))).join("  ");
  return "".concat(all.map(line).join("\n"), "\n");
}
