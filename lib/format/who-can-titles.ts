import { formatCount, formatNoun } from "./numbers";
import { plural } from "./plural";
import { capitalise } from "./words";
import { joinWords } from "../model/join-words";
import { WHO_CAN_PRESETS } from "./who-can-presets";

interface Asked {
  readonly verb: string;
  readonly resource: string;
  readonly namespace: string | null;
  readonly name: string | null;
}

interface Named {
  readonly kind: "User" | "Group" | "ServiceAccount";
  readonly namespace: string | null;
  readonly name: string;
}

function orWords(list: string): string {
  return joinWords(list.split(",")).replace(/ and (?=[^ ]*$)/, " or ");
}

/** "read Secrets in payments", "update or delete deployments.apps called cart in shop" */
export function whoCanPhrase({ verb, resource, namespace, name }: Asked): string {
  const preset = WHO_CAN_PRESETS.find((one) => one.verb === verb && one.resource === resource);
  const what = preset?.phrase ?? `${orWords(verb)} ${orWords(resource)}`;
  return `${what}${name === null ? "" : ` called ${name}`} ${namespace === null ? "in the whole cluster" : `in ${namespace}`}`;
}

/** "12 identities can read Secrets in payments", "Nobody can …" */
export function whoCanTitle(count: number, asked: Asked): string {
  return `${count === 0 ? "Nobody" : formatNoun(count, "identity", "identities")} can ${whoCanPhrase(asked)}`;
}

/** "service account payments/api", "group oncall", "user jane" */
function identityWords({ kind, namespace, name }: Named): string {
  return kind === "ServiceAccount" ? `service account ${namespace}/${name}` : `${kind.toLowerCase()} ${name}`;
}

/** What the power classes mean, strongest first. */
const POWER_WORDS = [
  "can take over the cluster",
  "can reach nodes or all Secrets",
  "can take over a namespace",
  "can break or hide things",
  "can read what is sensitive",
  "can do nothing rated as dangerous",
] as const;

export function powerWords(power: number): string {
  return POWER_WORDS[power - 1] ?? POWER_WORDS[5];
}

/** "Service account payments/api has 14 rules and can take over the cluster" */
export function subjectTitle(identity: Named, rules: number, power: number): string {
  const who = capitalise(identityWords(identity));
  return rules === 0 ? `${who} has no rights` : `${who} has ${formatNoun(rules, "rule")} and ${powerWords(power)}`;
}

/** Who is in a group that Kubernetes fills itself; null for groups that only an identity provider knows. */
export function groupWords(name: string, members: number | null): string | null {
  if (name === "system:authenticated") return "everybody who signed in, and every service account";
  if (name === "system:unauthenticated") return "everybody who reaches the API server";
  if (name === "system:nodes") return "every kubelet";
  if (name === "system:masters") return "passes every check before roles are looked at";
  if (members === null) return null;
  const where = name === "system:serviceaccounts" ? "in the cluster" : `in ${name.slice("system:serviceaccounts:".length)}`;
  return members === 0
    ? `no service account ${where}`
    : `${plural(members, "the one service account", `all ${formatCount(members)} service accounts`)} ${where}`;
}
