import { fc } from "@/lib/model/testing-properties";
import type { AccessQuestion } from "@/lib/graph/rbac/answer-access";
import { type JsonRecord, list, record, records, text, texts } from "@/lib/model/json";
import type { Manifest } from "../world/manifest";
import { GROUPS, NAMES, NAMESPACES, PATHS, RESOURCES, USER_GROUPS, USERS, VERBS } from "./random-rbac";

const NOWHERE = "access-nowhere";

/** A question in the dark: parts that the world knows, put together at random. */
const anyQuestion: fc.Arbitrary<AccessQuestion> = fc
  .record({
    user: fc.constantFrom(...USERS, "nobody"),
    groups: fc.uniqueArray(fc.constantFrom(...USER_GROUPS, "nogroup"), { maxLength: 2 }),
    verb: fc.constantFrom(...VERBS),
    group: fc.constantFrom(...GROUPS),
    resource: fc.constantFrom(...RESOURCES),
    name: fc.constantFrom(...NAMES),
    namespace: fc.constantFrom("", ...NAMESPACES, NOWHERE),
    path: fc.option(fc.constantFrom(...PATHS), { freq: 6, nil: undefined }),
  })
  .map(({ path, resource, ...rest }) => {
    if (path !== undefined) return { kind: "access", user: rest.user, groups: rest.groups, verb: rest.verb, path };
    const [plural = "", subresource] = resource.split("/");
    return { kind: "access", ...rest, resource: plural, ...(subresource ? { subresource } : {}) };
  });

/** Which binding, entry, role and rule a question starts from, and which of its parts are then changed to miss by a little. */
export interface QuestionPlan {
  readonly dark: AccessQuestion;
  readonly picks: readonly number[];
  readonly misses: readonly (keyof AccessQuestion)[];
}

export const questionPlan: fc.Arbitrary<QuestionPlan> = fc.record({
  dark: anyQuestion,
  picks: fc.array(fc.nat(10_000), { minLength: 8, maxLength: 8 }),
  misses: fc.uniqueArray(fc.constantFrom("user", "groups", "verb", "group", "resource", "subresource", "name", "namespace", "path"), { maxLength: 2 }),
});

function pick<T>(values: readonly T[], at: number | undefined): T | undefined {
  return values.length === 0 ? undefined : values[(at ?? 0) % values.length];
}

function toAsker(subject: JsonRecord, home: unknown): Pick<AccessQuestion, "user" | "groups"> {
  const name = text(subject.name) ?? "";
  if (subject.kind === "ServiceAccount") return { user: `system:serviceaccount:${text(subject.namespace) ?? text(home)}:${name}`, groups: [] };
  return subject.kind === "Group" ? { user: "nobody", groups: [name] } : { user: name, groups: [] };
}

/** A question that a rule of the world means to allow, with the planned parts replaced by others; one in the dark when it has no rules. */
export function toQuestion(world: readonly Manifest[], { dark, picks, misses }: QuestionPlan): AccessQuestion {
  const bindings = world.filter(({ kind, subjects }) => String(kind).endsWith("Binding") && list(subjects).length > 0);
  const binding = pick(bindings, picks[0]);
  const role = world.find(({ kind, metadata }) => kind === record(binding?.roleRef).kind && record(metadata).name === record(binding?.roleRef).name);
  const rule = pick(records(role?.rules), picks[2]);
  if (binding === undefined || rule === undefined) return dark;
  const asker = toAsker(record(pick(list(binding.subjects), picks[1])), record(binding.metadata).namespace);
  const verb = pick(texts(rule.verbs), picks[3]) ?? "get";
  const path = pick(texts(rule.nonResourceURLs), picks[4]);
  const [resource = "", subresource] = (pick(texts(rule.resources), picks[5]) ?? "").split("/");
  const aimed: AccessQuestion =
    path === undefined
      ? {
          kind: "access",
          ...asker,
          verb,
          group: pick(texts(rule.apiGroups), picks[6]) ?? "",
          resource,
          ...(subresource ? { subresource } : {}),
          name: pick(texts(rule.resourceNames), picks[7]) ?? "",
          namespace: text(record(binding.metadata).namespace) ?? "",
        }
      : { kind: "access", ...asker, verb, path: path.replace(/\*+$/, "") || "/" };
  const changes = misses.filter((part) => part in aimed && dark[part] !== undefined).map((part) => [part, dark[part]] as const);
  return { ...aimed, ...Object.fromEntries(changes) };
}
