import { expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { clusterRole, clusterRoleBinding, deployment, namespace } from "@/lib/inventory/testing";
import { startScanned } from "@/lib/reads/testing-scanned";

const PRIVILEGED = "container-privileged";
const READS = "rbac-secrets-read";

it("lays what a control finds that was off from the first scan on, and is switched on, at the settings' door", async () => {
  const cluster = await startScanned();
  try {
    const objects = [namespace(), deployment({ container: { securityContext: { privileged: true } } })];
    await cluster.save({ disabledControls: { [PRIVILEGED]: "Reviewed by hand." } });
    await cluster.scan(objects);
    await cluster.save({ disabledControls: {} });
    await cluster.scan(objects);
    const { ledger, opened }: CompareResponse = (await cluster.call(getCompare)).body;
    expect(ledger).toMatchObject({ openedBySettings: 1, openedByControl: 0, newControl: 0, new: 0 });
    const row = opened.find(({ control }) => control === PRIVILEGED);
    expect(row?.change).toBe("opened-by-settings");
    const { story } = (await cluster.call(getFinding, "", { id: row?.id ?? "" })).body;
    expect(story).toEqual([expect.stringMatching(/^It opened on [^.]+, when the settings of this cluster were changed\.$/)]);
  } finally {
    await cluster.stop();
  }
});

it("says so of people too, who are no objects of the cluster and had no finding before", async () => {
  const cluster = await startScanned();
  try {
    const reads = { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["list"] }] };
    const objects = [namespace(), clusterRole(reads), clusterRoleBinding({ subjects: [{ kind: "User", name: "jane" }] })];
    await cluster.save({ disabledControls: { [READS]: "Reviewed by hand." } });
    await cluster.scan(objects);
    await cluster.save({ disabledControls: {} });
    await cluster.scan(objects);
    const { ledger, opened }: CompareResponse = (await cluster.call(getCompare)).body;
    expect([opened.map(({ control, change, before }) => `${control} ${change} ${before.state}`), ledger.new]).toEqual([
      [`${READS} opened-by-settings not-judged`],
      0,
    ]);
  } finally {
    await cluster.stop();
  }
});
