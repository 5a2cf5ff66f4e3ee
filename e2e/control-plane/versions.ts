/** What is built; `k8s.io/kubernetes` in go.mod says the same. */
export const KUBERNETES_VERSION = "v1.37.2";
export const KUBERNETES_MINOR = 37;
export const KWOK_VERSION = "v0.8.0";
