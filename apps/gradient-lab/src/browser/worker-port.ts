import type { Port, Report } from "../core/engine/messages.ts";

/** A worker as the port of a lab. What breaks there is shown as a problem. */
export function workerPort(worker: Worker): Port {
  const port: Port = {
    send: (request) => worker.postMessage(request),
    onReport: () => {},
    close: () => worker.terminate(),
  };
  worker.onmessage = ({ data }: MessageEvent<Report>) => port.onReport(data);
  worker.onerror = ({ message }) => {
    port.onReport({
      kind: "problem",
      sentence: `The computation broke off: ${message || "the worker could not start"}.`,
    });
  };
  return port;
}
