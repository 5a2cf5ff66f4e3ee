const FIRST_PORT = Number(process.env.CONCENTRIC_E2E_PORT ?? 3987);

/** Journeys wait for the browser and the server in turn: two beside each other keep two cores busy. */
export const WORKERS = Number(process.env.CONCENTRIC_E2E_WORKERS ?? 2);

/** One server for each worker: a scan, a setting or a pinned page of one journey would be seen by another. */
export const SERVERS: readonly { readonly port: number; readonly base: string }[] = Array.from({ length: WORKERS }, (_, at) => {
  const port = FIRST_PORT + at;
  return { port, base: `http://127.0.0.1:${port}` };
});
