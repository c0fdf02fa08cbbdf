import { constantsRoom } from "./scratch";

// Those of float64, behind those of float32.

export const ONE: usize = 384;
export const SHIFT: usize = 400;
export const BIAS: usize = 416;
export const SIGN: usize = 432;
export const HALF: usize = 448;
export const SPLITTER: usize = 464;
export const LOG2_E: usize = 480;
export const LN2_HIGH: usize = 496;
export const LN2_LOW: usize = 512;
export const EXP_LOWEST: usize = 528;
export const EXP: usize = 544; // 1/3! to 1/14!
export const TANH_FAR: usize = 736;
export const TANH_NEAR: usize = 752;
export const TANH_STEPS_PER_ONE: usize = 768;
export const TANH_STEP_HIGH: usize = 784;
export const TANH_STEP_LOW: usize = 800;
export const TANH_LAST: usize = 816;
export const TANH: usize = 832; // of r², r⁴, …
export const SIGMOID_FAR: usize = 1008;

function put(at: usize, x: f64): void {
  v128.store(constantsRoom() + at, f64x2.splat(x));
}

// Runs once for each instance.
put(ONE, 1);
put(SHIFT, 6755399441055744);
v128.store(constantsRoom() + BIAS, i64x2.splat(1023));
put(SIGN, -0.0);
put(HALF, 0.5);
put(SPLITTER, 134217729);
put(LOG2_E, 1.4426950408889634);
put(LN2_HIGH, 0.693147180559663);
put(LN2_LOW, 2.8235290563031577e-13);
put(EXP_LOWEST, -746);
let factorial: f64 = 2;
for (let i = 3; i <= 14; i++) {
  factorial *= i;
  put(EXP + (i - 3) * 16, 1 / factorial);
}
put(TANH_FAR, 19.0625);
put(TANH_NEAR, 0.55);
put(TANH_STEPS_PER_ONE, 2.8853900817779268);
put(TANH_STEP_HIGH, 0.3465735902798315);
put(TANH_STEP_LOW, 1.4117645281515789e-13);
put(TANH_LAST, 53);
put(TANH, 1.0 / 3.0);
put(TANH + 16, -1.0 / 45.0);
put(TANH + 32, 2.0 / 945.0);
put(TANH + 48, -1.0 / 4725.0);
put(TANH + 64, 2.0 / 93555.0);
put(TANH + 80, -2.1644042808063972e-6);
put(TANH + 96, 2.1925947851873778e-7);
put(TANH + 112, -2.2214608789979678e-8);
put(TANH + 128, 2.2507846516808994e-9);
put(TANH + 144, -2.2805151204592183e-10);
put(TANH + 160, 2.3106432599002624e-11);
put(SIGMOID_FAR, 746);
