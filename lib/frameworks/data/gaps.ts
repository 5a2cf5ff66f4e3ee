/** Why clauses of several benchmarks stay open: the same words in each. */
export const NEEDS_PROVIDER = "Needs the provider's API, which a scan does not read";
export const PROVIDER_REST = "Nothing fails in what the cluster shows; the rest needs the provider's API, which a scan does not read";
export const NODE_FILES = "Files on nodes, which the API does not show";
