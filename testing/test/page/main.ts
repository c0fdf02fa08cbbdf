/** A program with a worker, to be bundled. */
export function twice(x: number): number {
  return 2 * x;
}

export function twiceInWorker(x: number): Promise<number> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }: MessageEvent<number>) => {
      worker.terminate();
      resolve(data);
    };
    worker.postMessage(x);
  });
}

export function isIsolated(): boolean {
  return crossOriginIsolated;
}

/** Whether the policy lets text become code, which it should not. */
export function compilesText(): boolean {
  try {
    return (Reflect.construct(Function, ["return 2"]) as () => number)() === 2;
  } catch {
    return false;
  }
}
