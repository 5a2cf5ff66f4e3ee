import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { countCpuMs } from "@/lib/model/testing-cpu-ms";
import { deployment } from "@/lib/scan/testing-world";
import { type ScannedCluster, startScanned } from "./testing-scanned";

let cluster: ScannedCluster;
afterAll(() => cluster.stop());

const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);
const containers = Array.from({ length: 2_000 }, (_, i) => ({ name: `c${i}`, image: `registry.example/app:${i}` }));

/** A Deployment with something odd in its spec or in that of its pods. */
function odd(name: string, ofSpec: object, ofPods: object = {}): object {
  const whole = deployment(name) as { spec: { template: { spec: object } } };
  const template = { ...whole.spec.template, spec: { ...whole.spec.template.spec, ...ofPods } };
  return { ...whole, spec: { ...whole.spec, ...ofSpec, template } };
}

beforeAll(async () => {
  cluster = await startScanned();
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
  await cluster.scan([namespace, odd("deep", { odd: nested(900) }), odd("deeper", { odd: nested(3_000) }), odd("wide", {}, { containers })]);
});

async function findingsOf(name: string): Promise<{ id: string; control: string }[]> {
  const { rows } = (await cluster.call(getFindings, `?resource=${encodeURIComponent(`apps/Deployment/shop/${name}`)}&limit=200`)).body;
  expect(rows.length).toBeGreaterThan(5);
  return rows;
}

it.each(["deep", "deeper"])("answers for what is nested too deep to print: %s", async (name) => {
  for (const { id } of await findingsOf(name)) {
    const { status, body } = await cluster.call(getFinding, "", { id });
    expect(status).toBe(200);
    expect(body.yaml.text).toContain("(nested deeper than 100 levels, left out)");
  }
  const { status, body } = await cluster.call(getResource, "", { groupKind: "apps.Deployment", namespace: "shop", name });
  expect(status).toBe(200);
  expect(body.yaml.text).toContain("(nested deeper than 100 levels, left out)");
});

it("answers for two thousand containers in the time of a page, with the whole patch and the first lines of its diff", async () => {
  let patched = 0;
  for (const { id } of await findingsOf("wide")) {
    const cpuMs = countCpuMs();
    const { status, body } = await cluster.call(getFinding, "", { id });
    expect(status).toBe(200);
    // Half a second of the processor each; it was one to ninety.
    expect(cpuMs()).toBeLessThan(4_000);
    if (body.patch?.jsonPatch && JSON.parse(body.patch.jsonPatch).length >= 2_000) {
      patched += 1;
      expect(body.patch.proof.turnsGreen).toBe(true);
      expect(body.patch.diff.at(-1)).toEqual({ kind: "fold", text: expect.stringMatching(/^\d{4,} more changed lines in the patch$/) });
    }
  }
  expect(patched).toBeGreaterThan(2);
});
