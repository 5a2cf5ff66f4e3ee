import { expect, test } from "vitest";
import { listControls } from "../controls/registry";
import { buildInventory } from "../inventory/build-inventory";
import { DEFAULT_SETTINGS } from "../inventory/inventory";
import { deployment } from "../inventory/testing";
import { judge } from "./judge";

function reasonFor(podSpec: Record<string, unknown>): string | undefined {
  const inventory = buildInventory([deployment({ podSpec })], {
    isComplete: true,
    kubeVersion: null,
    observedAt: "2026-11-25T00:00:00Z",
    settings: DEFAULT_SETTINGS,
  });
  const control = listControls().filter(({ id }) => id === "capabilities-not-dropped");
  return [...judge(inventory, control)][0]?.reason ?? undefined;
}

test("a rule about Linux says of a Windows pod whether its spec says so, since admission looks at nothing else", () => {
  expect(reasonFor({ os: { name: "windows" } })).not.toContain("os.name");
  expect(reasonFor({ nodeSelector: { "kubernetes.io/os": "windows" } })).toContain("until os.name is windows");
});
