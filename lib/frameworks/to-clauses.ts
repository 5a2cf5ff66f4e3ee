/** The frameworks that controls map to, by the key of a control's declaration, in the order in which people list them. */
export const FRAMEWORK_NAMES = {
  cis: "CIS Kubernetes 1.12",
  nsa: "NSA/CISA 1.2",
  pss: "Pod Security Standards",
  mitre: "MITRE ATT&CK",
  mstm: "Microsoft threat matrix",
  owasp: "OWASP Kubernetes Top 10, 2025",
} as const;
export type FrameworkKey = keyof typeof FRAMEWORK_NAMES;

const NSA_SECTIONS: Readonly<Record<string, string>> = {
  NR: "Non-root containers and rootless engines",
  IM: "Immutable container file systems",
  BI: "Building secure container images",
  PE: "Pod security enforcement",
  SA: "Protecting pod service account tokens",
  HC: "Hardening container environments",
  NS: "Namespaces",
  NP: "Network policies",
  RP: "Resource policies",
  CP: "Control plane hardening",
  WN: "Worker node segmentation",
  EN: "Encryption",
  SE: "Secrets",
  CL: "Protecting sensitive cloud infrastructure",
  AU: "Authentication",
  RB: "Role-based access control",
  LO: "Logging",
  TD: "Threat detection",
  UP: "Upgrading and application security practices",
};

/** Every clause that a control maps to, named as people know it. */
export function toClauses(frameworks: { readonly [K in FrameworkKey]?: readonly string[] }): readonly { readonly framework: string; readonly clause: string }[] {
  return (Object.keys(FRAMEWORK_NAMES) as FrameworkKey[]).flatMap((key) =>
    (frameworks[key] ?? []).map((clause) => ({ framework: FRAMEWORK_NAMES[key], clause: key === "nsa" ? (NSA_SECTIONS[clause] ?? clause) : clause })),
  );
}
