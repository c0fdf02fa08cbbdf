/** W_hh of a counterexample: given, or drawn at random. */
export type RecurrentWeights =
  | { readonly kind: "matrix"; readonly rows: readonly (readonly number[])[] }
  /** N(0, gain²/size). */
  | { readonly kind: "gaussian"; readonly size: number; readonly gain: number }
  /** gain times an orthogonal matrix. */
  | { readonly kind: "orthogonal"; readonly size: number; readonly gain: number };

/** One figure that a counterexample must show. */
export interface ExpectedFigure {
  readonly quantity: string;
  readonly value: number;
  /** How far a computed figure may be off; 0 for algebra, true to rounding. */
  readonly tolerance: number;
}

/**
 * A network that refutes a rule of thumb about vanishing and exploding gradients: z_t = W_hh h_{t-1} + b + s ξ_t, h_t = σ(z_t),
 * ξ_t ~ N(0, I) fresh at each step.
 */
export interface Counterexample {
  readonly id: "X1" | "X2" | "X3" | "X4" | "X5" | "X5b" | "X6" | "X8";
  /** The rule that it refutes. */
  readonly refutes: string;
  readonly shows: string;
  readonly activation: "tanh" | "identity";
  readonly W_hh: RecurrentWeights;
  readonly b: readonly number[];
  /** s. */
  readonly noise: number;
  /** h_0. */
  readonly start: readonly number[];
  readonly figures: readonly ExpectedFigure[];
}

const algebra = (quantity: string, value: number): ExpectedFigure => ({ quantity, value, tolerance: 0 });

/**
 * The gallery, as plain data for pages and tests. Exponents are natural, a step.
 * X2: `Transformer.RecurrentGradients` (Lean 4). The others are algebra or computed for this project.
 */
export function counterexamples(): readonly Counterexample[] {
  return [
    {
      id: "X1",
      refutes: "With spectral radius below 1 nothing explodes.",
      shows: "W_hh is nilpotent (radius 0), and gradients explode on a chaotic attractor.",
      activation: "tanh",
      W_hh: {
        kind: "matrix",
        rows: [
          [3, 3],
          [-3, -3],
        ],
      },
      b: [-1.6, 3.7],
      noise: 0,
      start: [0.1, 0.1],
      figures: [
        algebra("‖W_hh‖", 6),
        algebra("ρ(W_hh)", 0),
        { quantity: "λ_1", value: 0.577, tolerance: 0.01 },
        { quantity: "λ_2", value: Number.NEGATIVE_INFINITY, tolerance: 0 },
      ],
    },
    {
      id: "X2",
      refutes: "With spectral radius below 1 nothing explodes.",
      shows:
        "At the fixed point (0, ½) the gradient doubles at every step, with radius 0. Rounding drives the orbit away after about 50 steps.",
      activation: "tanh",
      W_hh: {
        kind: "matrix",
        rows: [
          [8, 8],
          [-8, -8],
        ],
      },
      b: [-4, 4.549306144334055], // 4 + artanh ½
      noise: 0,
      start: [0, 0.5],
      figures: [algebra("ρ(W_hh)", 0), algebra("‖J‖", 14.142135623730951), algebra("‖J^d‖/‖J^(d-1)‖", 2)],
    },
    {
      id: "X3",
      refutes: "With ‖W_hh‖ above 1 gradients explode.",
      shows: "‖W_hh‖ = 2, and gradients vanish: the units saturate.",
      activation: "tanh",
      W_hh: {
        kind: "matrix",
        rows: [
          [2, 0],
          [0, 2],
        ],
      },
      b: [0, 0],
      noise: 0,
      start: [0.5, -0.5],
      figures: [
        algebra("‖W_hh‖", 2),
        { quantity: "|h*|", value: 0.957504, tolerance: 5e-7 },
        { quantity: "λ_1", value: -1.79353, tolerance: 5e-6 },
      ],
    },
    {
      id: "X4",
      refutes: "With spectral radius below 1 gradients fall from the first step on.",
      shows: "A linear network whose gradient grows tenfold before it vanishes.",
      activation: "identity",
      W_hh: {
        kind: "matrix",
        rows: [
          [0.5, 10],
          [0, 0.5],
        ],
      },
      b: [0, 0],
      noise: 0,
      start: [0, 0],
      figures: [
        algebra("ρ(W_hh)", 0.5),
        ...[1, 10.025, 10.006, 7.502, 5.001, 3.125, 1.875, 1.094, 0.625, 0.352, 0.195, 0.107, 0.059].map(
          (value, d) => ({
            quantity: `‖W_hh^${d}‖`,
            value,
            tolerance: 5e-4,
          }),
        ),
      ],
    },
    {
      id: "X5",
      refutes: "With spectral radius above 1 gradients explode.",
      shows: "Noise keeps the units away from 0, where they are steepest: gradients vanish at radius 1.5.",
      activation: "tanh",
      W_hh: { kind: "gaussian", size: 60, gain: 1.5 },
      b: [],
      noise: 0.5,
      start: [],
      figures: [
        { quantity: "λ_1", value: -0.035, tolerance: 0.007 },
        { quantity: "ln ρ(W_hh)", value: 0.452, tolerance: 0.042 },
        { quantity: "ln ‖W_hh‖", value: 1.073, tolerance: 0.025 },
      ],
    },
    {
      id: "X5b",
      refutes: "The bound tells how fast gradients explode.",
      shows: "At gain 2 a gradient grows e⁹-fold in 100 steps; the bound allows e¹³⁶.",
      activation: "tanh",
      W_hh: { kind: "gaussian", size: 60, gain: 2 },
      b: [],
      noise: 0.5,
      start: [],
      figures: [
        { quantity: "λ_1", value: 0.092, tolerance: 0.006 },
        { quantity: "ln ρ(W_hh)", value: 0.739, tolerance: 0.042 },
        { quantity: "ln ‖W_hh‖", value: 1.361, tolerance: 0.025 },
      ],
    },
    {
      id: "X6",
      refutes: "Orthogonal weights keep gradients.",
      shows: "A driven tanh network with orthogonal W_hh: gradients vanish.",
      activation: "tanh",
      W_hh: { kind: "orthogonal", size: 60, gain: 1 },
      b: [],
      noise: 0.5,
      start: [],
      figures: [algebra("‖W_hh‖", 1), { quantity: "λ_1", value: -0.275, tolerance: 0.002 }],
    },
    {
      id: "X8",
      refutes: "A vanishing gradient means that nothing is remembered.",
      shows:
        "One unit with weight 2 holds a bit for ever against inputs below 0.5328, while gradients vanish.",
      activation: "tanh",
      W_hh: { kind: "matrix", rows: [[2]] },
      b: [0],
      noise: 0,
      start: [0.957504],
      figures: [
        { quantity: "largest input that it holds against", value: 0.5328, tolerance: 5e-5 },
        { quantity: "λ_1", value: -1.79353, tolerance: 5e-6 },
      ],
    },
  ];
}
