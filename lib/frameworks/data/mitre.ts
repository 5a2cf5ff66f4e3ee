import { type ClauseText, clauseGroup, type Framework, type MatrixColumn } from "../framework";

const TACTICS: readonly MatrixColumn[] = [
  { id: "TA0001", name: "Initial access" },
  { id: "TA0002", name: "Execution" },
  { id: "TA0003", name: "Persistence" },
  { id: "TA0004", name: "Privilege escalation" },
  { id: "TA0005", name: "Stealth" },
  { id: "TA0112", name: "Defense impairment" },
  { id: "TA0006", name: "Credential access" },
  { id: "TA0007", name: "Discovery" },
  { id: "TA0008", name: "Lateral movement" },
  { id: "TA0009", name: "Collection" },
  { id: "TA0011", name: "Command and control" },
  { id: "TA0010", name: "Exfiltration" },
  { id: "TA0040", name: "Impact" },
];

/** A technique with the tactics that it serves and the numbers that it had. */
function technique(title: string, tactics: string, formerly: readonly string[] = []): ClauseText {
  return { title, columns: tactics.split(" "), formerly };
}

const ACCOUNTS = "TA0001 TA0003 TA0004 TA0005";

export const mitre: Framework = {
  key: "mitre",
  name: "MITRE ATT&CK",
  version: "19",
  about: "Techniques that our controls hinder. A technique for which nothing fails can still be used; nothing that was judged invites it.",
  asOf: "2026-11",
  source:
    "MITRE ATT&CK Enterprise 19, by technique id and tactic: the techniques of its containers matrix, and those of other platforms that a control hinders. Ids of version 18 still lead here.",
  leftOut: "Sub-techniques are listed where a control names them, and T1036, T1053, T1204 and T1543 by these alone.",
  platform: null,
  columns: TACTICS,
  clauses: [
    ...clauseGroup("Initial access", {
      T1078: technique("Accounts that are valid", ACCOUNTS),
      "T1078.001": technique("Accounts that exist by default", ACCOUNTS),
      "T1078.003": technique("Accounts local to the cluster", ACCOUNTS),
      "T1078.004": technique("Accounts of the cloud", ACCOUNTS),
      T1133: technique("Remote services that are reachable from outside", "TA0001 TA0003"),
      T1190: technique("Exploiting an application that faces the public", "TA0001"),
      "T1195.002": technique("Software tampered with before it arrives", "TA0001"),
    }),
    ...clauseGroup("Execution", {
      "T1053.007": technique("Scheduling through the orchestrator's jobs", "TA0002 TA0003 TA0004"),
      "T1059.013": technique("Commands through the CLI or API of the platform", "TA0002"),
      "T1204.003": technique("Getting somebody to run a malicious image", "TA0002"),
      T1609: technique("Commands through container administration", "TA0002"),
      T1610: technique("Deploying a container", "TA0002"),
    }),
    ...clauseGroup("Persistence", {
      T1098: technique("Changing accounts to keep access", "TA0003 TA0004"),
      "T1098.006": technique("Giving an account more roles in the cluster", "TA0003 TA0004"),
      T1136: technique("Making a new account", "TA0003"),
      T1525: technique("Planting an image in the registry", "TA0003"),
      "T1543.005": technique("Services of the container runtime or node agent", "TA0003 TA0004"),
      T1546: technique("Running when an event fires", "TA0003 TA0004"),
    }),
    ...clauseGroup("Privilege escalation", {
      T1068: technique("Exploiting a weakness of kernel or runtime", "TA0004"),
      "T1548.001": technique("Set-user and set-group bits", "TA0004"),
      T1611: technique("From a container out to its host", "TA0004"),
    }),
    ...clauseGroup("Stealth", {
      "T1036.005": technique("Looking like a legitimate name or place", "TA0005"),
      T1070: technique("Removing traces", "TA0005"),
      T1612: technique("Building an image on the host", "TA0005"),
    }),
    ...clauseGroup("Defense impairment", {
      T1578: technique("Changing the cloud's compute set-up", "TA0112"),
      T1685: technique("Switching off or changing tools", "TA0112", ["T1562", "T1562.001"]),
      "T1685.002": technique("Switching off or changing cloud logs", "TA0112", ["T1562.008"]),
      T1686: technique("Switching off or changing a firewall", "TA0112", ["T1562.004"]),
    }),
    ...clauseGroup("Credential access", {
      T1040: technique("Listening on the network", "TA0006 TA0007"),
      T1110: technique("Guessing credentials", "TA0006"),
      T1528: technique("Stealing tokens of applications", "TA0006"),
      T1552: technique("Credentials that lie open", "TA0006"),
      "T1552.001": technique("Credentials in files", "TA0006"),
      "T1552.005": technique("The cloud's metadata service", "TA0006"),
      "T1552.007": technique("Credentials through the container API", "TA0006"),
      T1556: technique("Changing how sign-in works", "TA0006 TA0003 TA0112"),
      T1557: technique("Standing between two parties", "TA0006 TA0009"),
      T1649: technique("Stealing or forging certificates", "TA0006"),
    }),
    ...clauseGroup("Discovery", {
      T1046: technique("Scanning for services", "TA0007"),
      T1057: technique("Listing processes", "TA0007"),
      T1069: technique("Listing groups and their rights", "TA0007"),
      T1613: technique("Listing containers and resources", "TA0007"),
    }),
    ...clauseGroup("Lateral movement", {
      "T1021.004": technique("Moving on over SSH", "TA0008"),
      T1210: technique("Exploiting services inside", "TA0008"),
      T1550: technique("Using stolen tokens in place of a password", "TA0008"),
    }),
    ...clauseGroup("Collection", { T1530: technique("Reading data from cloud storage", "TA0009") }),
    ...clauseGroup("Command and control", { T1105: technique("Fetching tools from outside", "TA0011") }),
    ...clauseGroup("Exfiltration", { T1041: technique("Carrying data out over the control channel", "TA0010") }),
    ...clauseGroup("Impact", {
      T1485: technique("Destroying data", "TA0040"),
      T1490: technique("Making recovery impossible", "TA0040"),
      T1496: technique("Using the cluster's resources for own ends", "TA0040"),
      T1498: technique("Flooding the network", "TA0040"),
      T1499: technique("Exhausting a service", "TA0040"),
    }),
  ],
};
