/** What a dedicated worker has of its global scope. */
export interface Scope<In, Out> {
  postMessage(message: Out): void;
  onmessage: (event: { readonly data: In }) => void;
}
