import { expect, it } from "vitest";
import type { Answer, KubeConnection } from "@/lib/kube/kube-connection";
import { toBrokenFault, toStatusFault, toTimeoutFault } from "@/lib/kube/read-fault";
import { openConnection } from "@/lib/kube/open-connection";
import { requireSameCluster } from "./cluster-identity";

const PATH = "/api/v1/namespaces/kube-system";
const SERVER = "http://127.0.0.1:1";

async function check(answer: Answer, isNamedByUid = false) {
  const connection: KubeConnection = { ...openConnection({ source: "url", server: SERVER }), get: async () => answer };
  await requireSameCluster(connection, { uid: "uid-a", server: SERVER, isNamedByUid });
}

it.each([toTimeoutFault(PATH, 15_000), toStatusFault(PATH, 503, "etcd is down"), toBrokenFault(PATH, "the connection broke")])(
  "does not take a cluster for the same by its address where asking who it is went wrong: $reason",
  async (fault) => {
    await expect(check({ ok: false, fault })).rejects.toMatchObject({ code: "upstream", message: `${fault.reason} ${fault.action}` });
  },
);

it("goes by the address where nobody may ask", async () => {
  await check({ ok: false, fault: toStatusFault(PATH, 403, "") });
  await check({ ok: false, fault: toStatusFault(PATH, 404, "") });
});

it("does not go by an address that other clusters have as well", async () => {
  await expect(check({ ok: false, fault: toStatusFault(PATH, 403, "") }, true)).rejects.toMatchObject({ code: "conflict" });
});
