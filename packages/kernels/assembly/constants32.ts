import { constantsRoom } from "./scratch";

// The constants of the elementary functions as vectors in memory. Engines make a vector constant anew at each use,
// with three instructions or more; a load is one. The names are offsets from `constantsRoom()`.

export const ONE: usize = 0;
export const SHIFT: usize = 16;
export const BIAS: usize = 32;
export const SIGN: usize = 48;
export const HIGHER_HALF: usize = 64;

export const LOG2_E: usize = 80;
export const LN2_HIGH: usize = 96;
export const LN2_LOW: usize = 112;
export const EXP_LOWEST: usize = 128;
export const EXP_2: usize = 144;
export const EXP_3: usize = 160;
export const EXP_4: usize = 176;
export const EXP_5: usize = 192;
export const EXP_6: usize = 208;

export const TANH_FAR: usize = 224;
export const TANH_NEAR: usize = 240;
export const TANH_STEP: usize = 256;
export const TANH_STEPS_PER_ONE: usize = 272;
export const TANH_LAST: usize = 288;
export const TANH_1: usize = 304;
export const TANH_2: usize = 320;
export const TANH_3: usize = 336;

export const SIGMOID_FAR: usize = 352;
export const SIGMOID_LAST: usize = 368;

function put(at: usize, x: f32): void {
  v128.store(constantsRoom() + at, f32x4.splat(x));
}

// Runs once for each instance.
put(ONE, 1);
put(SHIFT, 12582912);
v128.store(constantsRoom() + BIAS, i32x4.splat(127));
put(SIGN, -0.0);
v128.store(constantsRoom() + HIGHER_HALF, i32x4.splat(0xfffff000));
put(LOG2_E, 1.4426950216293335);
put(LN2_HIGH, 0.693145751953125);
put(LN2_LOW, 1.428606765330187e-6);
put(EXP_LOWEST, -87.33654022216797);
put(EXP_2, 0.4999999403953552);
put(EXP_3, 0.1666652113199234);
put(EXP_4, 0.04166838899254799);
put(EXP_5, 0.008368745446205139);
put(EXP_6, 0.0013814540579915047);
put(TANH_FAR, 9.015625);
put(TANH_NEAR, 0.5);
put(TANH_STEP, 0.3465735912322998);
put(TANH_STEPS_PER_ONE, 2.885390043258667);
put(TANH_LAST, 24);
put(TANH_1, 0.33333277702331543);
put(TANH_2, -0.022208331152796745);
put(TANH_3, 0.0020187031477689743);
put(SIGMOID_FAR, 88);
put(SIGMOID_LAST, 127);
