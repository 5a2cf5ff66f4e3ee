import { toPart } from "../../model/clause-part";
import { type Clause, type ClauseText, clauseGroup } from "../framework";
import { NODE_FILES, SIGN_IN_REST } from "./gaps";

/** A clause that some flags or plugins of one component decide, of all that a control asks of it. */
const of =
  (component: string) =>
  (title: string, ...asked: readonly string[]): Exclude<ClauseText, string> => ({ title, parts: asked.map((name) => toPart(component, name)) });

const server = of("kube-apiserver");
const manager = of("kube-controller-manager");
const scheduler = of("kube-scheduler");
const etcd = of("etcd");

/** No certificate is asked for, or verified, where one of them is spoken to in plain text. */
const ETCD_SERVERS = ["etcd-servers", "etcd-servers-overrides"] as const;

/** Sections 1 to 3 of CIS Kubernetes 1.12: files and flags of the control plane. */
export const CIS_CONTROL_PLANE: readonly Clause[] = [
  ...clauseGroup(
    "1.1 Files of control plane nodes",
    {
      "1.1.1": "API server manifest: mode 600 or stricter",
      "1.1.2": "API server manifest: owned by root",
      "1.1.3": "Controller manager manifest: mode 600 or stricter",
      "1.1.4": "Controller manager manifest: owned by root",
      "1.1.5": "Scheduler manifest: mode 600 or stricter",
      "1.1.6": "Scheduler manifest: owned by root",
      "1.1.7": "etcd manifest: mode 600 or stricter",
      "1.1.8": "etcd manifest: owned by root",
      "1.1.9": "Network plugin files: mode 600 or stricter",
      "1.1.10": "Network plugin files: owned by root",
      "1.1.11": "etcd data directory: mode 700 or stricter",
      "1.1.12": "etcd data directory: owned by etcd",
      "1.1.13": "Default administrator credentials: mode 600",
      "1.1.14": "Default administrator credentials: owned by root",
      "1.1.15": "Scheduler kubeconfig: mode 600 or stricter",
      "1.1.16": "Scheduler kubeconfig: owned by root",
      "1.1.17": "Controller manager kubeconfig: mode 600 or stricter",
      "1.1.18": "Controller manager kubeconfig: owned by root",
      "1.1.19": "PKI directory and files: owned by root",
      "1.1.20": "PKI certificates: mode 644 or stricter",
      "1.1.21": "PKI keys: mode 600",
    },
    NODE_FILES,
  ).map((clause) => ({ ...clause, ofOwnControlPlane: true })),
  ...clauseGroup("1.2 API server", {
    "1.2.1": { title: "Anonymous requests are off", enough: ["apiserver-anonymous-auth"] },
    "1.2.2": server("No file of static tokens", "token-auth-file"),
    "1.2.3": server("External IPs of Services are denied on admission", "DenyServiceExternalIPs"),
    "1.2.4": server("A client certificate towards kubelets", "kubelet-client-certificate", "kubelet-client-key"),
    "1.2.5": server("Certificates of kubelets are verified", "kubelet-certificate-authority"),
    "1.2.6": server("Not every request is allowed", "AlwaysAllow"),
    "1.2.7": server("Node authorisation is on", "Node"),
    "1.2.8": server("RBAC is on", "RBAC"),
    "1.2.9": server("Event rates are limited on admission", "EventRateLimit"),
    "1.2.10": { ...server("Admission does not admit everything", "AlwaysAdmit"), enough: ["apiserver-required-admission"] },
    "1.2.11": server("Images are pulled at every start", "AlwaysPullImages"),
    "1.2.12": server("Service account admission is on", "ServiceAccount"),
    "1.2.13": server("Namespace lifecycle admission is on", "NamespaceLifecycle"),
    "1.2.14": server("Node restriction admission is on", "NodeRestriction"),
    "1.2.15": server("Profiling is off", "profiling"),
    // It asks for a log of the server's own: with a webhook alone, people have to look what becomes of events.
    "1.2.16": {
      ...server("An audit log is written", "audit-log-path", "audit-policy-file"),
      controls: ["apiserver-audit-retention"],
      enough: ["apiserver-audit-retention"],
    },
    "1.2.17": server("Audit logs are kept 30 days", "audit-log-path", "audit-policy-file", "audit-log-maxage"),
    "1.2.18": server("Ten old audit logs are kept", "audit-log-path", "audit-policy-file", "audit-log-maxbackup"),
    "1.2.19": server("Audit logs rotate at 100 MB", "audit-log-path", "audit-policy-file", "audit-log-maxsize"),
    "1.2.20": server("A request timeout that fits", "request-timeout"),
    "1.2.21": server("Service account tokens are looked up", "service-account-lookup"),
    "1.2.22": server("A key file for service accounts", "service-account-key-file"),
    "1.2.23": server("A client certificate towards etcd", ...ETCD_SERVERS, "etcd-certfile", "etcd-keyfile"),
    "1.2.24": server("A serving certificate and key", "tls-cert-file", "tls-private-key-file"),
    "1.2.25": server("A client certificate authority", "client-ca-file"),
    "1.2.26": server("etcd's certificate authority is set", ...ETCD_SERVERS, "etcd-cafile"),
    "1.2.27": "Encryption at rest is configured",
    // Where nothing is configured no provider is strong; what is written tells which one it is.
    "1.2.28": { title: "Encryption at rest uses a strong provider", controls: ["apiserver-encryption-at-rest"], enough: ["etcd-encryption-observed"] },
    "1.2.29": server("Strong TLS ciphers only", "tls-cipher-suites", "tls-min-version"),
    "1.2.30": server("Service account tokens are not extended", "service-account-extend-token-expiration"),
  }),
  ...clauseGroup("1.3 Controller manager", {
    "1.3.1": manager("Terminated pods are collected at a threshold that fits", "terminated-pod-gc-threshold"),
    "1.3.2": manager("Profiling is off", "profiling"),
    "1.3.3": manager("One service account for each controller", "use-service-account-credentials"),
    "1.3.4": manager("A private key for service accounts", "service-account-private-key-file"),
    "1.3.5": manager("A root certificate authority for pods", "root-ca-file"),
    "1.3.6": manager("Serving certificates of kubelets rotate", "feature-gates"),
    "1.3.7": manager("Listens on loopback only", "bind-address"),
  }),
  ...clauseGroup("1.4 Scheduler", { "1.4.1": scheduler("Profiling is off", "profiling"), "1.4.2": "Listens on loopback only" }),
  ...clauseGroup("2 etcd", {
    "2.1": etcd("A serving certificate and key", "cert-file", "key-file"),
    "2.2": etcd("Clients need a certificate", "client-cert-auth", "listen-client-urls", "listen-client-http-urls"),
    "2.3": etcd("No self-signed certificates for clients", "auto-tls"),
    "2.4": etcd("A certificate and key between peers", "peer-cert-file", "peer-key-file"),
    "2.5": etcd("Peers need a certificate", "peer-client-cert-auth", "listen-peer-urls"),
    "2.6": etcd("No self-signed certificates between peers", "peer-auto-tls"),
    "2.7": etcd("A certificate authority of its own", "trusted-ca-file"),
  }),
  ...clauseGroup("3 Control plane configuration", {
    "3.1.1": { title: "People do not sign in with client certificates", rest: SIGN_IN_REST },
    "3.1.2": { title: "People do not sign in with service account tokens", rest: SIGN_IN_REST },
    "3.1.3": "People do not sign in with bootstrap tokens",
    "3.2.1": { ...server("There is an audit policy", "audit-log-path", "audit-policy-file"), enough: ["apiserver-audit-log"] },
    "3.2.2": { title: "The audit policy covers what matters", gap: "A file of the API server, which the API does not show", ofOwnControlPlane: true },
  }),
];
