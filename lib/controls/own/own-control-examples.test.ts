import { readFileSync } from "node:fs";
import path from "node:path";
import { CORE_SCHEMA, load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { ownControlSchema } from "../../contracts/own-controls";
import { judge } from "../../engine/judge";
import { OWN_CONTROL_EXAMPLES } from "../../format/own-control-examples";
import { buildInventory } from "../../inventory/build-inventory";
import { WHOLE_CLUSTER } from "../../inventory/testing-context";
import { deployment, namespace } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { findControl } from "../registry";
import { CEL_LIMITS, limitText } from "../../cel/cel-limits";
import { findOwnControlProblem, toOwnControl } from "./own-control";

const probe = { httpGet: { path: "/healthz", port: 8080 } };
const app = (labels: object | undefined, replicas: number, container: object = {}): JsonRecord => {
  const made = deployment({ metadata: { name: "cart", namespace: "shop", labels }, podSpec: { containers: [{ name: "app", image: "a:1", ...container }] } });
  return { ...made, spec: { ...(made.spec as object), replicas } };
};
const shop = (env: string): JsonRecord => namespace({ metadata: { name: "shop", labels: { env } } });

/** What each example is tried on: objects that fail it, and objects that meet it. */
const CASES: Readonly<Record<string, { readonly fails: readonly JsonRecord[][]; readonly meets: readonly JsonRecord[][] }>> = {
  "team-label-missing": { fails: [[app(undefined, 1)], [app({ app: "cart" }, 1)]], meets: [[app({ team: "shop" }, 1)]] },
  "liveness-probe-missing": { fails: [[app({}, 1)]], meets: [[app({}, 1, { livenessProbe: probe })]] },
  "production-single-replica": {
    fails: [[app({}, 1), shop("production")]],
    meets: [
      [app({}, 2), shop("production")],
      [app({}, 1), shop("test")],
      [app({}, 1), namespace({ metadata: { name: "shop" } })],
    ],
  },
};

describe.each(OWN_CONTROL_EXAMPLES)("the example $id", (example) => {
  const statesOf = (objects: readonly JsonRecord[]) => {
    const inventory = buildInventory(objects, WHOLE_CLUSTER);
    return [...judge(inventory, [toOwnControl(example, () => 0)])].map(({ state }) => state);
  };
  test("can be saved as it is", () => {
    expect(ownControlSchema.safeParse(example).error?.issues).toBeUndefined();
    expect(findControl(example.id)).toBeNull();
    expect(findOwnControlProblem(example)).toBeNull();
  });
  test("fails what it should, and nothing else", () => {
    const { fails, meets } = CASES[example.id] ?? { fails: [], meets: [] };
    expect(fails.map(statesOf)).toEqual(fails.map(() => ["fail"]));
    expect(meets.map(statesOf)).toEqual(meets.map(() => ["pass"]));
    expect(fails.length * meets.length).toBeGreaterThan(0);
  });
});

const page = readFileSync(path.resolve(import.meta.dirname, "../../../docs/own-controls.md"), "utf8");

test("the documentation names the bounds that hold", () => {
  const bounds = page.slice(page.indexOf("### Bounds"));
  const { controlMs, ...rest } = CEL_LIMITS;
  // Safe: the keys of an object literal.
  const texts = (Object.keys(rest) as (keyof typeof rest)[]).map(limitText);
  expect([...texts, `${controlMs / 1000} seconds`].filter((text) => !bounds.includes(` ${text}`))).toEqual([]);
});

test("the examples of the documentation are the same", () => {
  const block = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const { controls } = load(block, { schema: CORE_SCHEMA }) as { controls: { expression: string }[] };
  expect(controls.map((control) => ({ ...control, expression: control.expression.trim() }))).toEqual(OWN_CONTROL_EXAMPLES);
});
