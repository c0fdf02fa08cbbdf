declare module "*?worker&inline" {
  const InlineWorker: new (options?: { name?: string }) => Worker;
  export default InlineWorker;
}

declare module "*?url" {
  const url: string;
  export default url;
}
