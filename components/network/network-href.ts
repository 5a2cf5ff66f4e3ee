interface Ask {
  readonly by?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly workload?: string | undefined;
  readonly namespace?: string | undefined;
  readonly callers?: string | undefined;
}

/** The address of one question about the network; what is empty, or holds anyway, is left out. */
export function networkHref(base: string, ask: Ask = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(ask)) {
    const isDefault = (name === "by" && value === "matrix") || (name === "callers" && value === "cluster");
    if (typeof value === "string" && value.trim() !== "" && !isDefault) params.set(name, value.trim());
  }
  const query = params.toString().replaceAll("%2F", "/").replaceAll("%7E", "~");
  return `${base}/network${query === "" ? "" : `?${query}`}`;
}

/** `namespace/Kind/name`, as the address writes a workload. */
export function workloadText(ref: { readonly namespace: string | null; readonly kind: string; readonly name: string }): string {
  return `${ref.namespace ?? "default"}/${ref.kind}/${ref.name}`;
}
