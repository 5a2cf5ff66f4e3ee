const LOOPBACK = /^(?:127(?:\.\d+){3}|::1|localhost)$/;

/** Whether a host, as it stands in an address, is the machine that asks. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}
