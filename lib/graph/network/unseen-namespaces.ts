import { rememberedOf } from "../../model/remembered";
import type { Endpoint } from "./endpoint";
import { NAME_LABEL } from "./namespace-labels";
import type { PolicyIndex } from "./policy-index";
import { type LabelUse, selectorUseOf } from "./selector-use";

/** More sets of labels than this are not tried out. */
const MOST_WORLDS = 100;
/** No selector names it: labels have no spaces. */
const ANOTHER = "another value";

/** The index without policies of other namespaces. */
function nearTo(index: PolicyIndex, namespaces: ReadonlySet<string>): PolicyIndex {
  const isNear = ({ object: { ref } }: { readonly object: Pick<Endpoint, "ref"> }): boolean => ref.namespace === null || namespaces.has(ref.namespace);
  const { byNamespace, foreign } = index;
  return {
    ...index,
    byNamespace: new Map([...byNamespace].filter(([namespace]) => namespaces.has(namespace))),
    foreign: { ...foreign, cilium: foreign.cilium.filter(isNear), calico: foreign.calico.filter(isNear) },
  };
}

type Asked = ReturnType<LabelUse["list"]>;

/** What was found, by the namespaces of the ends: each pod and each question of a set asks anew. */
const askedOf = rememberedOf((_: PolicyIndex) => new Map<string, Asked>());

/** The labels of namespaces beside their names that policies near to some ends ask for. */
function listAsked(index: PolicyIndex, ends: readonly Endpoint[]): Asked {
  const namespaces = new Set(ends.map(({ namespace }) => namespace));
  const key = [...namespaces].join();
  const known = askedOf(index);
  const asked =
    known.get(key) ??
    selectorUseOf(nearTo(index, namespaces))
      .namespaces.list()
      .filter(([label]) => label !== NAME_LABEL);
  known.set(key, asked);
  return asked;
}

interface Choice {
  readonly namespace: string;
  readonly key: string;
  /** Null = it has no such label. */
  readonly values: readonly (string | null)[];
}

/**
 * Whether an answer about some ends changes with the labels of `unseen` namespaces, of which only the names are known. `ask` answers for the ends as
 * `place` makes them. What is too much to try out counts as a change.
 */
export function hangsOnNamespaces<T extends string | boolean | null>(
  unseen: ReadonlySet<string>,
  ends: readonly Endpoint[],
  index: PolicyIndex,
  ask: (place: (end: Endpoint) => Endpoint) => T,
): boolean {
  if (unseen.size === 0) return false;
  const choices: Choice[] = [];
  for (const [key, values] of listAsked(index, ends)) {
    if (values === "any") return true;
    for (const namespace of unseen) choices.push({ namespace, key, values: [null, ...values, ANOTHER] });
  }
  const worlds = choices.reduce((product, { values }) => product * values.length, 1);
  if (worlds > MOST_WORLDS) return true;
  const answers = new Set<T>();
  for (let world = 0; world < worlds && answers.size < 2; world += 1) {
    let rest = world;
    const labels = new Map([...unseen].map((namespace): [string, Record<string, string>] => [namespace, { [NAME_LABEL]: namespace }]));
    for (const { namespace, key, values } of choices) {
      const value = values[rest % values.length];
      const own = labels.get(namespace);
      if (own && typeof value === "string") own[key] = value;
      rest = Math.floor(rest / values.length);
    }
    answers.add(ask((end) => ({ ...end, namespaceLabels: labels.get(end.namespace) ?? end.namespaceLabels })));
  }
  return answers.size > 1;
}
