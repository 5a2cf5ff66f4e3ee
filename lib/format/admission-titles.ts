import { formatCount, formatNoun } from "./numbers";
import { joinWords } from "../model/join-words";

type GroupKey = "pod-security" | "policies" | "images" | "webhooks" | "plugins";
type Enforcement = "refuses" | "reports" | "changes" | "off" | "hidden";

export const ADMISSION_GROUP_WORDS: Readonly<Record<GroupKey, string>> = {
  "pod-security": "Pod Security",
  policies: "Policies",
  images: "Image verification",
  webhooks: "Webhooks",
  plugins: "Plugins of the API server",
};

/** What a group lists: each row is one of them. */
const LISTED: Readonly<Record<GroupKey, readonly [one: string, many?: string]>> = {
  "pod-security": ["admission plugin"],
  policies: ["policy", "policies"],
  images: ["verifier"],
  webhooks: ["webhook configuration"],
  plugins: ["admission plugin"],
};

/** "3 policies", "none"; what nobody can see is not counted. */
export function admissionCount({ key, notAssessed, count, tally }: Pick<Group, "key" | "notAssessed" | "count" | "tally">): string {
  if (count === 0) return notAssessed === null ? "none" : "not assessed";
  return key === "plugins" && tally.seen === 0 ? "not assessed" : formatNoun(count, ...LISTED[key]);
}

/** Where a group holds nothing. */
export const ADMISSION_EMPTY_WORDS: Readonly<Record<GroupKey, string>> = {
  "pod-security": "No namespace was read.",
  policies: "No ValidatingAdmissionPolicy, Kyverno or Gatekeeper policy exists.",
  images: "Nothing verifies image signatures: no Kyverno rule, policy-controller, Connaisseur, Ratify or ImagePolicyWebhook.",
  webhooks: "No other admission webhook is registered.",
  plugins: "None of the plugins that are listed here is switched on.",
};

export const ENFORCEMENT_WORDS: Readonly<Record<Enforcement, string>> = {
  refuses: "Refuses",
  reports: "Only reports",
  changes: "Changes objects",
  off: "Not in use",
  hidden: "Not assessed",
};

interface Part {
  readonly system: string;
  readonly enforcement: Enforcement;
  readonly lax: string | null;
  readonly issues: readonly unknown[];
}

const MAX_SYSTEMS = 4;

interface Tally {
  readonly seen: number;
  readonly weak: number;
  readonly refusing: Readonly<Record<string, number>>;
}

/** What is wrong with one part, each in words. */
interface Flaws {
  readonly enforcement: Enforcement;
  readonly lax: string | null;
  readonly issues: readonly { readonly title: string }[];
}

interface Group {
  readonly key: GroupKey;
  readonly notAssessed: unknown;
  readonly count: number;
  readonly tally: Tally;
  /** The first of them. */
  readonly parts: readonly Flaws[];
}

/** What the title says of parts, however many of them a page lists. */
export function tallyParts(parts: readonly Part[]): { seen: number; weak: number; refusing: Record<string, number> } {
  const seen = parts.filter(({ enforcement }) => enforcement !== "hidden");
  const refusing = Map.groupBy(
    seen.filter(({ enforcement }) => enforcement === "refuses"),
    ({ system }) => system,
  );
  return {
    seen: seen.length,
    weak: seen.filter(({ lax, issues }) => lax !== null || issues.length > 0).length,
    refusing: Object.fromEntries([...refusing].map(([system, own]) => [system, own.length])),
  };
}

/** What the only weak part has: by name where it is one thing. A reason why it refuses less may be what one of its findings says too, so that nobody can count them. */
function flawWords(parts: readonly Flaws[]): string {
  const flawed = parts.find(({ enforcement, lax, issues }) => enforcement !== "hidden" && (lax !== null || issues.length > 0));
  const [issue] = flawed?.issues ?? [];
  if (!flawed || (flawed.lax !== null && issue)) return "has a weakness";
  if (flawed.lax !== null) return `has a weakness: ${flawed.lax}`;
  return issue && flawed.issues.length === 1 ? `fails “${issue.title}”` : `fails ${formatNoun(flawed.issues.length, "control")}`;
}

function weaknessOf(seen: number, weak: number, parts: readonly Flaws[]): string {
  if (weak === 0) return "";
  const who = seen === 1 ? "it" : `${formatCount(weak)} of ${formatNoun(seen, "mechanism")}`;
  return `; ${who} ${weak === 1 ? flawWords(parts) : "have a weakness"}`;
}

/** "Pod Security admission and Kyverno can refuse objects; 3 of 7 mechanisms have a weakness; no image signature is verified" */
export function admissionTitle(groups: readonly Group[]): string {
  const sum = (of: (tally: Tally) => number): number => groups.reduce((all, { tally }) => all + of(tally), 0);
  const systems = [...new Set(groups.flatMap(({ tally }) => Object.keys(tally.refusing)))].filter((system) => system !== "Webhook");
  const others = sum(({ refusing }) => refusing.Webhook ?? 0);
  const names = [
    ...systems.slice(0, MAX_SYSTEMS),
    ...(systems.length > MAX_SYSTEMS ? [`${formatCount(systems.length - MAX_SYSTEMS)} more`] : []),
    ...(others > 0 ? [formatNoun(others, "webhook")] : []),
  ];
  const unread = groups.filter(({ notAssessed }) => notAssessed !== null).map(({ key }) => ADMISSION_GROUP_WORDS[key]);
  if (names.length === 0 && unread.length > 0 && unread.length === groups.length) return "What is enforced at admission was not assessed";
  if (names.length === 0)
    return unread.length === 0 ? "Nothing refuses an object at admission" : `Nothing that was read refuses an object; not assessed: ${joinWords(unread)}`;
  const isUnverified = groups.some(({ key, notAssessed, count }) => key === "images" && notAssessed === null && count === 0);
  return `${joinWords(names)} can refuse objects${weaknessOf(
    sum(({ seen }) => seen),
    sum(({ weak }) => weak),
    groups.flatMap(({ parts }) => parts),
  )}${isUnverified ? "; no image signature is verified" : ""}`;
}
