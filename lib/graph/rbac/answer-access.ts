import type { Answer, Reason } from "../reason";
import { describeIdentity, groupKey, identityKey } from "./identity";
import type { PolicyRule } from "./principal";
import type { BoundEntry, RbacIndex } from "./rbac-index";
import { matchesAsk, matchesName, matchesPath } from "./rule-match";

/** A SubjectAccessReview in short. `path` asks about a non-resource URL; without `namespace` the request is cluster-wide. */
export interface AccessQuestion {
  readonly kind: "access";
  readonly user: string;
  readonly groups?: readonly string[];
  readonly verb: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly path?: string;
}

function toMatcher(question: AccessQuestion): (rule: PolicyRule) => boolean {
  const { path, verb } = question;
  if (path !== undefined) return (rule) => matchesPath(rule, verb, path);
  const { group = "", resource = "", subresource = "", name = "" } = question;
  // A slash in the resource itself makes no subresource of what is behind it.
  const ask = { verb, group, resource: subresource === "" ? resource : `${resource}/${subresource}`, subresource };
  return (rule) => matchesAsk(rule, ask) && matchesName(rule, name);
}

/** The way to a rule: the entry of the binding, then the rule of its role. */
function toAccessPath({ binding, subjectIndex }: BoundEntry, ruleIndex: number): readonly Reason[] {
  const { object, roleRef } = binding;
  const identity = binding.identities[subjectIndex];
  const where = binding.namespace === null ? "in the whole cluster" : `in namespace ${binding.namespace}`;
  return [
    {
      object: object.ref,
      path: `subjects[${subjectIndex}]`,
      message: `${object.ref.kind} ${object.ref.name} binds ${identity ? describeIdentity(identity) : "nobody"} to ${roleRef.kind} ${roleRef.name} ${where}.`,
    },
    { object: roleRef, path: `rules[${ruleIndex}]`, message: `Rule ${ruleIndex} of ${roleRef.kind} ${roleRef.name} allows it.` },
  ];
}

/**
 * What the RBAC authoriser would say, cluster-wide grants first. Members of system:masters pass before RBAC is asked.
 * A refusal in a partial set of objects is null: other bindings may exist.
 */
export function answerAccess(index: RbacIndex, question: AccessQuestion, isComplete: boolean): Answer {
  const groups = question.groups ?? [];
  if (groups.includes("system:masters")) {
    return { allowed: true, because: [{ message: "Members of the group system:masters pass every check before RBAC is asked." }] };
  }
  const matches = toMatcher(question);
  const keys = [identityKey({ kind: "User", namespace: null, name: question.user }), ...groups.map(groupKey)];
  const entries = keys.flatMap((key) => index.entries.get(key) ?? []);
  const inScope = (namespace: string | null) => entries.filter((entry) => entry.binding.namespace === namespace);
  const scoped = question.path === undefined && question.namespace ? inScope(question.namespace) : [];
  for (const entry of [...inScope(null), ...scoped]) {
    const ruleIndex = entry.binding.role?.rules.findIndex(matches) ?? -1;
    if (ruleIndex >= 0) return { allowed: true, because: toAccessPath(entry, ruleIndex) };
  }
  if (!isComplete) return { allowed: null, because: [{ message: "No rule here allows it, but these objects are only a part of a cluster." }] };
  return { allowed: false, because: [{ message: "No binding of this user or its groups leads to a rule that allows it." }] };
}
