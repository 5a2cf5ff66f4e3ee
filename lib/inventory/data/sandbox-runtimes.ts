/** Parts of RuntimeClass handler names that put a kernel of its own, or a filter in user space, between a pod and its node. */
export const SANDBOX_HANDLERS = ["gvisor", "runsc", "kata", "firecracker", "nabla", "peerpod", "hypervisor"] as const;

/** The label, on a workload, its pods or its namespace, that says whose code cannot be trusted. */
export const TRUST_LABEL = "concentric.dev/trust";
