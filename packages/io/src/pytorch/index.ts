export { type FromPyTorchOptions, fromPyTorch } from "./from-pytorch.ts";
export { type ToPyTorchOptions, toPyTorch } from "./to-pytorch.ts";
