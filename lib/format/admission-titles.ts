import { formatCount, formatNoun } from "./numbers";
import { plural } from "./plural";
import { joinWords } from "./words";

type GroupKey = "pod-security" | "policies" | "images" | "webhooks" | "plugins";
type Enforcement = "refuses" | "reports" | "changes" | "off" | "hidden";

export const ADMISSION_GROUP_WORDS: Readonly<Record<GroupKey, string>> = {
  "pod-security": "Pod Security",
  policies: "Policies",
  images: "Image verification",
  webhooks: "Webhooks",
  plugins: "Plugins of the API server",
};

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

interface Group {
  readonly key: GroupKey;
  readonly notAssessed: unknown;
  readonly parts: readonly Part[];
}

function weaknessOf(parts: readonly Part[]): string {
  const weak = parts.filter((part) => part.lax !== null || part.issues.length > 0).length;
  if (weak === 0) return "";
  if (parts.length === 1) return "; it has a weakness";
  return `; ${formatCount(weak)} of ${formatNoun(parts.length, "part")} ${plural(weak, "has", "have")} a weakness`;
}

/** "Pod Security admission and Kyverno can refuse objects; 3 of 7 parts have a weakness; no image signature is verified" */
export function admissionTitle(groups: readonly Group[]): string {
  const parts = groups.flatMap((group) => group.parts).filter(({ enforcement }) => enforcement !== "hidden");
  const refusing = parts.filter((part) => part.enforcement === "refuses");
  const systems = [...new Set(refusing.map((part) => part.system))].filter((system) => system !== "Webhook");
  const others = refusing.filter((part) => part.system === "Webhook").length;
  const names = [
    ...systems.slice(0, MAX_SYSTEMS),
    ...(systems.length > MAX_SYSTEMS ? [`${formatCount(systems.length - MAX_SYSTEMS)} more`] : []),
    ...(others > 0 ? [formatNoun(others, "other webhook")] : []),
  ];
  const unread = groups.filter(({ notAssessed }) => notAssessed !== null).map(({ key }) => ADMISSION_GROUP_WORDS[key]);
  if (names.length === 0)
    return unread.length === 0 ? "Nothing refuses an object at admission" : `Nothing that was read refuses an object; not assessed: ${joinWords(unread)}`;
  const isUnverified = groups.some(({ key, notAssessed, parts: own }) => key === "images" && notAssessed === null && own.length === 0);
  return `${joinWords(names)} can refuse objects${weaknessOf(parts)}${isUnverified ? "; no image signature is verified" : ""}`;
}
