import "server-only";

/** What a scan has cost the API server so far. */
interface RequestCounts {
  /** Retries included. */
  readonly requests: number;
  /** Of bodies, after decompression. */
  readonly bytes: number;
  readonly retries: number;
}

export interface RequestMeter {
  addRequest(): void;
  addRetry(): void;
  addBytes(bytes: number): void;
  counts(): RequestCounts;
}

export function createRequestMeter(): RequestMeter {
  let requests = 0;
  let bytes = 0;
  let retries = 0;
  return {
    addRequest: () => {
      requests += 1;
    },
    addRetry: () => {
      retries += 1;
    },
    addBytes: (more) => {
      bytes += more;
    },
    counts: () => ({ requests, bytes, retries }),
  };
}
