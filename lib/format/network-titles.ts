import { OUTSIDE } from "../model/outside";
import { formatAll, formatCount, formatNoun } from "./numbers";
import { plural } from "./plural";

/** What the states of a pair are called. */
export const NETWORK_STATE_WORDS = { open: "open", restricted: "limited", closed: "closed", unknown: "unknown" } as const;

interface Counts {
  readonly open: number;
  readonly restricted: number;
  readonly closed: number;
  readonly unknown: number;
}

/** "38 of 156 pairs of namespaces are open to each other on every port" */
export function networkMatrixTitle(namespaces: number, { open, restricted, closed, unknown }: Counts): string {
  const pairs = open + restricted + closed + unknown;
  if (namespaces === 0) return "Nothing runs here that could connect";
  if (pairs === 0) return "Only one namespace has workloads, so no other can reach it";
  if (open === pairs) return `Every namespace reaches every other: ${formatAll(pairs)} ways are open`;
  if (open === 0 && restricted === 0)
    return unknown === 0 ? "No namespace reaches another" : `${formatNoun(unknown, "way")} between namespaces ${plural(unknown, "is", "are")} unknown`;
  const known = unknown === 0 ? "" : "known to be ";
  if (open === 0)
    return `No way between namespaces is ${known}wide open; ${formatCount(restricted)} of ${formatCount(pairs)} ${plural(restricted, "is", "are")} limited`;
  return `${formatCount(open)} of ${formatCount(pairs)} ways between namespaces ${plural(open, "is", "are")} ${known}wide open`;
}

/** "12 limited, 96 closed, 3 unknown" */
export function networkCountWords({ restricted, closed, unknown }: Counts): string {
  return [`${formatCount(restricted)} limited`, `${formatCount(closed)} closed`, ...(unknown > 0 ? [`${formatCount(unknown)} unknown`] : [])].join(", ");
}

/** "shop", "the outside" */
export function endWords(name: string): string {
  return name === OUTSIDE ? "the outside" : name;
}

interface Pairs {
  readonly pairs: number;
  readonly openPairs: number;
  readonly closedPairs: number;
  readonly unknownPairs: number;
}

/** "12 pairs of workloads: 3 open, 4 limited, 5 closed" */
export function pairWords({ pairs, openPairs, closedPairs, unknownPairs }: Pairs): string {
  const limited = pairs - openPairs - closedPairs - unknownPairs;
  const parts = [
    ...(openPairs > 0 ? [`${formatCount(openPairs)} open`] : []),
    ...(limited > 0 ? [`${formatCount(limited)} limited`] : []),
    ...(unknownPairs > 0 ? [`${formatCount(unknownPairs)} unknown`] : []),
    ...(closedPairs > 0 ? [`${formatCount(closedPairs)} closed`] : []),
  ];
  return parts.length === 1
    ? `${formatNoun(pairs, "pair")}, ${pairs === 1 ? "" : "all "}${parts[0]?.replace(/^[\d,]+ /, "")}`
    : `${formatNoun(pairs, "pair")}: ${parts.join(", ")}`;
}

/** "The first 60 of 80 groups are shown, what is open first": what was too much to be assessed stands before all others. */
export function shownRowsWords({
  rows,
  rowCount,
}: {
  readonly rows: readonly { readonly state: keyof typeof NETWORK_STATE_WORDS }[];
  readonly rowCount: number;
}): string {
  const order = rows[0]?.state === "unknown" ? "what is not assessed first, and what is open before what is closed" : "what is open first";
  return `The first ${formatCount(rows.length)} of ${formatNoun(rowCount, "group")} are shown, ${order}.`;
}

/** "shop reaches bank in part: 3 of 12 pairs of workloads are wide open" */
export function networkPairTitle(from: string, to: string, cell: (Pairs & { readonly state: keyof Counts }) | null): string {
  if (cell === null) return `Nothing runs at one end of ${from} to ${to}`;
  const start = from.charAt(0).toUpperCase() + from.slice(1);
  const name = from === "the outside" ? start : from;
  if (cell.state === "open") return `${name} reaches all of ${to}, on every port`;
  if (cell.state === "closed") return `${name} reaches nothing in ${to}`;
  if (cell.state === "unknown") return `Whether ${from} reaches ${to} is unknown`;
  const isWhole = cell.unknownPairs === 0;
  if (cell.openPairs === 0) return `${name} reaches ${to} in part, nowhere ${isWhole ? "" : "for certain "}on every port`;
  const open = `${formatCount(cell.openPairs)} of ${formatNoun(cell.pairs, "pair")} ${plural(cell.openPairs, "is", "are")}`;
  return `${name} reaches ${to} in part: ${open} ${isWhole ? "" : "known to be "}wide open`;
}

interface Side {
  readonly isLimited: boolean;
  /** False where not all that may limit it was read. */
  readonly isWhole: boolean;
}

/** "payments/api takes traffic from everybody and may connect anywhere" */
export function networkWorkloadTitle(name: string, ingress: Side, egress: Side, isHostNetwork: boolean): string {
  if (isHostNetwork) return `No policy reaches ${name}: it is in the network of its node`;
  const isWhole = [ingress, egress].every((side) => side.isLimited || side.isWhole);
  if (!ingress.isLimited && !egress.isLimited)
    return isWhole
      ? `No policy limits ${name}: everybody may connect to it, and it may connect anywhere`
      : `No policy that was read limits ${name}; whether others do is unknown`;
  const but = (said: string): string => (isWhole ? `but not ${said}` : `and whether they limit ${said} is unknown`);
  if (!ingress.isLimited) return `Policies limit where ${name} connects to, ${but("who connects to it")}`;
  if (!egress.isLimited) return `Policies limit who connects to ${name}, ${but("where it connects to")}`;
  return `Policies limit ${name} both ways`;
}

interface Change {
  readonly openBefore: number;
  readonly openAfter: number;
  readonly narrowed: number;
}

/** "One policy would close ports on 96 of the 104 connections of shop/db, 40 of them as a whole" */
export function networkPolicyTitle(name: string, policies: number, { openBefore, openAfter, narrowed }: Change, isWhole: boolean): string {
  if (policies === 0 && !isWhole) return `No policy is generated for ${name}: not all that may decide there was read`;
  if (policies === 0) return `No further policy can close more of ${name}`;
  const what = policies === 1 ? "One policy" : `${formatCount(policies)} policies`;
  if (narrowed === 0) return `${what} would close nothing of ${name} that is open today`;
  const whole = openBefore - openAfter;
  const wholly = whole === 0 ? "" : whole === narrowed ? ", on every port" : `, ${formatCount(whole)} of them on every port`;
  return `${what} would close ports on ${formatCount(narrowed)} of the ${formatNoun(openBefore, "connection")} of ${name}${wholly}`;
}

/** "Some port is open between 210 pairs today. Ports close on 96 of them, and 178 keep one that is open." */
export function networkChangeSentence({ openBefore, openAfter, narrowed }: Change): string {
  if (openBefore === 0) return "No port is open to or from these pods today.";
  const today = `Some port is open between ${formatNoun(openBefore, "pair")} today.`;
  if (narrowed === 0) return `${today} None closes.`;
  const left = openAfter === 0 ? "none keeps" : `${formatCount(openAfter)} ${plural(openAfter, "keeps", "keep")}`;
  return `${today} Ports close on ${formatCount(narrowed)} of them, and ${left} one that is open.`;
}

interface ProofFigures {
  readonly needed: number;
  readonly cut: number;
  readonly opened: number;
}

export function networkProofSentence({ needed, cut, opened }: ProofFigures): string {
  if (cut > 0 || opened > 0)
    return `Do not use it as it is: ${formatNoun(cut, "connection")} that objects ask for would be cut, and ${formatNoun(opened, "pair")} would open.`;
  if (needed === 0) return "Worked out on every pair of pods: nothing that is closed today opens, and no object asks for a connection.";
  return `Worked out on every pair of pods: ${needed === 1 ? "the one connection" : `all ${formatCount(needed)} connections`} that objects ask for and that ${plural(needed, "passes", "pass")} today still ${plural(needed, "passes", "pass")}, and nothing that is closed today opens.`;
}
