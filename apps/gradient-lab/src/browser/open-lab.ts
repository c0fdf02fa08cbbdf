import { phoneDefaults } from "../core/controls.ts";
import { createLab } from "../core/create-lab.ts";
import type { Lab } from "../core/lab.ts";
import { stateOfLink } from "../core/link/link.ts";
import { keepAddress } from "./address.ts";
import { makeWorker } from "./make-worker.ts";
import { workerPort } from "./worker-port.ts";

/** Pixels below which a screen is a phone's. */
const PHONE = 700;

/** The lab of a page: what its address says, computed in a worker, with the address following. */
export function openLab(window: Window): Lab {
  const { hash } = window.location;
  const { state, notes } =
    hash.length <= 1 && window.innerWidth < PHONE ? { state: phoneDefaults, notes: [] } : stateOfLink(hash);
  const lab = createLab(workerPort(makeWorker()), state, notes);
  keepAddress(lab, window);
  return lab;
}
