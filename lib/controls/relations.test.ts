import { expect, test } from "vitest";
import { judge } from "../engine/judge";
import { isRecord, type JsonRecord, record } from "../model/json";
import { resourceKey, toResourceRef } from "../model/resource-ref";
import type { State, Verdict } from "../model/verdict";
import type { AnyControl } from "./define";
import { listControls } from "./registry";
import { collectControlCases, type ControlCase, toInventory } from "./testing";

// By an address of their own: where they ran as tests before, in the same thread, they would not tell their tables again.
const files = import.meta.glob("./{cloud,cluster,container,code}/*.test.ts", { query: "?table" });

interface Fixture extends ControlCase {
  readonly control: AnyControl;
}

/** Every fixture of every control's table. */
async function listFixtures(): Promise<readonly Fixture[]> {
  const tables = await collectControlCases(() => Promise.all(Object.values(files).map((load) => load())));
  return [...tables].flatMap(([control, parts]) =>
    parts
      .flatMap((part) => Object.values(part).flat())
      .filter((item): item is ControlCase => item !== undefined)
      .map((item) => ({ ...item, control })),
  );
}

function judgeAll(fixture: Fixture, objects: readonly JsonRecord[]): Map<string, Verdict[]> {
  return Map.groupBy(
    judge(toInventory(fixture, objects), listControls()),
    ({ control, resource, locator }) => `${control} ${resourceKey(resource)} ${locator}`,
  );
}

const isBad = (state: State): boolean => state === "fail" || state === "subsumed";

function deeply(value: unknown, change: (item: JsonRecord) => JsonRecord): unknown {
  if (Array.isArray(value)) return value.map((item) => deeply(item, change));
  return isRecord(value) ? change(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deeply(item, change)]))) : value;
}

const everywhere = (change: (item: JsonRecord) => JsonRecord) => (objects: readonly JsonRecord[]) => objects.map((item) => record(deeply(item, change)));

/** Policies hold patterns that look like pods, and in which `null` and what is empty ask something. */
const inPods = (change: (item: JsonRecord) => JsonRecord) => (objects: readonly JsonRecord[]) =>
  objects.map((item) => (/Policy$/.test(String(item.kind)) ? item : record(deeply(item, change))));

/** What the API server takes for the same as nothing, in pods and in their containers. */
function withAbsent(item: JsonRecord, how: "null" | "empty"): JsonRecord {
  const isPod = Array.isArray(item.containers);
  const isContainer = typeof item.image === "string" && typeof item.name === "string";
  const lists = isPod ? ["volumes", "initContainers", "tolerations", "imagePullSecrets"] : isContainer ? ["env", "envFrom", "ports", "volumeMounts"] : [];
  const maps = isPod ? ["securityContext", "nodeSelector", "affinity"] : isContainer ? ["securityContext", "resources"] : [];
  const switches = isPod ? ["hostNetwork", "hostPID", "hostIPC", "automountServiceAccountToken", "serviceAccountName", "runtimeClassName"] : [];
  const absent =
    how === "null"
      ? [...lists, ...maps, ...switches].map((key) => [key, null] as const)
      : [...lists.map((key) => [key, []] as const), ...maps.map((key) => [key, {}] as const)];
  return { ...Object.fromEntries(absent), ...item };
}

const MEMORY = /^(\d+)Gi$/;

/** Test files are loaded once, so that they tell their tables only once. */
let loaded: Promise<readonly Fixture[]> | null = null;
const fixtures = () => (loaded ??= listFixtures());

type Change = (objects: readonly JsonRecord[]) => readonly JsonRecord[];

/**
 * Other ways to write the same. Each list is applied as one: judging a fixture anew is what takes long here, and what depends on one way of writing does so
 * beside the others too. `null` and what is empty stand in the same places, so they are in two lists.
 */
const SAME: readonly (readonly (readonly [string, Change])[])[] = [
  [
    ["objects in another order", (objects) => [...objects].reverse()],
    ["keys in another order", everywhere((item) => Object.fromEntries(Object.entries(item).reverse()))],
    ["null for what is not set", inPods((item) => withAbsent(item, "null"))],
    [
      "an object of a kind that no control reads",
      (objects) => [...objects, { apiVersion: "example.org/v1", kind: "Widget", metadata: { name: "w", namespace: "shop" }, spec: {} }],
    ],
  ],
  [
    ["empty lists and maps for what is not set", inPods((item) => withAbsent(item, "empty"))],
    [
      "amounts in another unit",
      everywhere((item) => {
        const change = (key: string, value: unknown): unknown => {
          if (key === "cpu" && typeof value === "string" && /^\d+m$/.test(value)) return String(Number.parseInt(value, 10) / 1000);
          const [, gibi] = key === "memory" && typeof value === "string" ? (MEMORY.exec(value) ?? []) : [];
          return gibi === undefined ? value : `${Number(gibi) * 1024}Mi`;
        };
        return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, change(key, value)]));
      }),
    ],
    ["one list of all", (objects) => [{ apiVersion: "v1", kind: "List", items: objects }]],
  ],
];

const inContainers = (change: (container: JsonRecord) => JsonRecord) =>
  inPods((item) =>
    Array.isArray(item.containers) ? { ...item, containers: item.containers.map((one: unknown) => (isRecord(one) ? change(one) : one)) } : item,
  );
const inRoles = (change: (rules: readonly unknown[]) => readonly unknown[]) => (objects: readonly JsonRecord[]) =>
  objects.map((item) => (/^(?:Cluster)?Role$/.test(String(item.kind)) && Array.isArray(item.rules) ? { ...item, rules: change(item.rules) } : item));

/** Changes after which nothing that failed may have been repaired, with the controls that they take the subject from. */
const WORSE: readonly (readonly [string, Change, RegExp])[] = [
  [
    "privileged containers",
    inContainers((one) => ({ ...one, securityContext: { ...record(one.securityContext), privileged: true } })),
    // What is refused at a higher level is not ready for it.
    /^psa-below-restricted /,
  ],
  [
    "one container more",
    inPods((item) => (Array.isArray(item.containers) ? { ...item, containers: [...item.containers, { name: "more", image: "busybox" }] } : item)),
    /^psa-below-restricted /,
  ],
  // A right to read Secrets is a use of them.
  ["every right in every role", inRoles((rules) => [...rules, { apiGroups: ["*"], resources: ["*"], verbs: ["*"] }]), /^secret-unreferenced /],
  [
    "roles that name no objects",
    inRoles((rules) => rules.map((rule) => (isRecord(rule) ? { ...rule, resourceNames: undefined } : rule))),
    /^secret-unreferenced /,
  ],
];

const asText = (verdicts: readonly Verdict[] = []) =>
  verdicts
    .map(({ state, severity }) => (state === "fail" ? `${state} ${severity}` : state))
    .sort()
    .join();

test("no fixture of a whole cluster gives an object twice: only the last would be there", async () => {
  const twice = (await fixtures()).flatMap(({ control, name, objects, complete }) => {
    const keys = objects.filter((item) => toResourceRef(item).name !== "").map((item) => resourceKey(toResourceRef(item)));
    return complete !== false && new Set(keys).size < keys.length ? [`${control.id}: ${name}`] : [];
  });
  expect((await fixtures()).length).toBeGreaterThan(1_000);
  expect(twice).toEqual([]);
});

/** Tables of several controls hold the same cluster, and the whole catalogue judges each. */
function withoutTwice(all: readonly Fixture[]): Iterable<Fixture> {
  return new Map(
    all.map((fixture) => {
      const { objects, settings, kubeVersion, missing, complete, observedAt } = fixture;
      return [JSON.stringify([objects, settings, kubeVersion, missing, complete, observedAt]), fixture];
    }),
  ).values();
}

test("a verdict does not depend on how the same is written, and nothing worse repairs anything", { timeout: 900_000 }, async () => {
  const wrong: string[] = [];
  const tried = new Set<string>();
  for (const fixture of withoutTwice(await fixtures())) {
    const before = judgeAll(fixture, fixture.objects);
    // What is written as it was is judged as it was: nothing is learned from it.
    const written = JSON.stringify(fixture.objects);
    for (const ways of SAME) {
      let objects: readonly JsonRecord[] = fixture.objects;
      const told: string[] = [];
      for (const [what, change] of ways) {
        const next = change(objects);
        if (JSON.stringify(next) !== JSON.stringify(objects)) told.push(what);
        objects = next;
      }
      if (told.length === 0) continue;
      for (const what of told) tried.add(what);
      const after = judgeAll(fixture, objects);
      for (const key of new Set([...before.keys(), ...after.keys()]))
        if (asText(before.get(key)) !== asText(after.get(key)))
          wrong.push(`${told.join(", ")}: ${fixture.control.id}, ${fixture.name}: ${key} ${asText(before.get(key))} -> ${asText(after.get(key))}`);
    }
    for (const [what, change, excepted] of WORSE) {
      const objects = change(fixture.objects);
      if (JSON.stringify(objects) === written) continue;
      tried.add(what);
      const after = judgeAll(fixture, objects);
      for (const [key, verdicts] of before) {
        const isRepaired = verdicts.some(({ state }) => isBad(state)) && after.has(key) && !after.get(key)?.some(({ state }) => isBad(state));
        if (isRepaired && !excepted.test(key)) wrong.push(`${what}: ${fixture.control.id}, ${fixture.name}: ${key} -> ${asText(after.get(key))}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect([...tried].sort()).toEqual([...SAME.flat(), ...WORSE].map(([what]) => what).sort());
});

test("no sentence of what is stored counts days: it would be stored anew on each of them", async () => {
  const told = (fixture: Fixture, observedAt: string): ReadonlyMap<string, string> => {
    const verdicts = judge(toInventory({ ...fixture, observedAt }, fixture.objects), [fixture.control]);
    const stored = [...verdicts].filter(({ state }) => state !== "pass");
    return new Map(stored.map(({ resource, locator, ...rest }) => [`${resourceKey(resource)} ${locator}`, JSON.stringify(rest)]));
  };
  const counted = (await fixtures()).flatMap((fixture) => {
    const [first, next] = ["2026-11-25", "2026-11-26"].map((day) => told(fixture, `${day}T00:00:00Z`));
    const changed = [...(first ?? [])].filter(([key, text]) => next?.get(key) !== text);
    if (changed.length === 0) return [];
    const last = told(fixture, "2026-11-27T00:00:00Z");
    return changed.flatMap(([key, text]) => (new Set([text, next?.get(key), last.get(key)]).size === 3 ? [`${fixture.control.id}: ${fixture.name}`] : []));
  });
  expect(counted).toEqual([]);
});
