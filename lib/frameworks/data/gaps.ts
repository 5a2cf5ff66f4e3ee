/** Why clauses of several benchmarks stay open: the same words in each. */
export const NEEDS_PROVIDER = "Needs the provider's API, which a scan does not read";
export const PROVIDER_REST = "Nothing fails in what the cluster shows; the rest needs the provider's API, which a scan does not read";
export const NODE_FILES = "Files on nodes, which the API does not show";
export const SIGN_IN_REST = "Nothing fails in what the cluster shows; how people sign in is in their own files and in the provider of identities";
export const MASTERS_REST = "Nothing fails in what the cluster shows; who is in the group is in client certificates, which the API does not list";
export const BOUNDS_REST = "Nothing fails in what the cluster shows; whether its namespaces part what should be apart is for people to say";
