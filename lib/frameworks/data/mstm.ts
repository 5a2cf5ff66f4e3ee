import { type ClauseText, clauseGroup, type Framework, type MatrixColumn } from "../framework";

const TACTICS: readonly MatrixColumn[] = [
  { id: "initial-access", name: "Initial access" },
  { id: "execution", name: "Execution" },
  { id: "persistence", name: "Persistence" },
  { id: "privilege-escalation", name: "Privilege escalation" },
  { id: "defense-evasion", name: "Defense evasion" },
  { id: "credential-access", name: "Credential access" },
  { id: "discovery", name: "Discovery" },
  { id: "lateral-movement", name: "Lateral movement" },
  { id: "impact", name: "Impact" },
];

function technique(title: string, ...columns: readonly string[]): ClauseText {
  return { title, columns };
}

export const mstm: Framework = {
  key: "mstm",
  name: "Microsoft threat matrix",
  version: "third edition, December 2022",
  about: "Techniques that our controls hinder. A technique for which nothing fails can still be used; nothing that was judged invites it.",
  asOf: "2026-11",
  source: "Microsoft Threat Matrix for Kubernetes, by technique id and tactic.",
  leftOut: "Techniques that no control hinders are not listed.",
  platform: null,
  columns: TACTICS,
  clauses: clauseGroup(null, {
    "MS-TA9002": technique("A compromised image in the registry", "initial-access"),
    "MS-TA9005": technique("Sensitive interfaces that are exposed", "initial-access"),
    "MS-TA9006": technique("Exec into a container", "execution"),
    "MS-TA9008": technique("A new container", "execution"),
    "MS-TA9010": technique("An SSH server inside a container", "execution"),
    "MS-TA9012": technique("A container as back door", "persistence"),
    "MS-TA9013": technique("A writable path of the node", "persistence", "privilege-escalation", "lateral-movement"),
    "MS-TA9014": technique("A cron job that comes back", "persistence"),
    "MS-TA9015": technique("A malicious admission controller", "persistence", "credential-access"),
    "MS-TA9016": technique("The container's service account", "persistence", "credential-access", "lateral-movement"),
    "MS-TA9017": technique("Static pods", "persistence"),
    "MS-TA9018": technique("A privileged container", "privilege-escalation"),
    "MS-TA9019": technique("A binding to cluster-admin", "privilege-escalation"),
    "MS-TA9020": technique("From the cluster to cloud resources", "privilege-escalation", "lateral-movement"),
    "MS-TA9021": technique("Clearing the logs of containers", "defense-evasion"),
    "MS-TA9022": technique("Deleting Kubernetes events", "defense-evasion"),
    "MS-TA9023": technique("Pods named like known ones", "defense-evasion"),
    "MS-TA9025": technique("Listing Secrets", "credential-access"),
    "MS-TA9026": technique("The cloud account in the files of a node", "credential-access"),
    "MS-TA9027": technique("Application credentials in configuration", "credential-access", "lateral-movement"),
    "MS-TA9028": technique("Credentials of a managed identity", "credential-access"),
    "MS-TA9029": technique("The API server", "discovery"),
    "MS-TA9030": technique("The kubelet's API", "discovery"),
    "MS-TA9033": technique("The instance metadata service", "discovery"),
    "MS-TA9034": technique("The network inside the cluster", "lateral-movement"),
    "MS-TA9035": technique("Poisoning CoreDNS", "lateral-movement"),
    "MS-TA9036": technique("Spoofing ARP and IP addresses", "lateral-movement"),
    "MS-TA9038": technique("Destroying data", "impact"),
    "MS-TA9039": technique("Hijacking resources", "impact"),
    "MS-TA9040": technique("Denying service", "impact"),
  }),
};
