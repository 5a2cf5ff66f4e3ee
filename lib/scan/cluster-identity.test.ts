import { expect, it } from "vitest";
import type { Answer, KubeConnection } from "@/lib/kube/kube-connection";
import { toBrokenFault, toStatusFault, toTimeoutFault } from "@/lib/kube/read-fault";
import { openConnection } from "@/lib/kube/open-connection";
import { type ClusterIdentity, findAuthority, requireSameCluster } from "./cluster-identity";

const PATH = "/api/v1/namespaces/kube-system";
const SERVER = "http://127.0.0.1:1";

async function check(answer: Answer, known: Partial<ClusterIdentity> = {}) {
  const connection: KubeConnection = { ...openConnection({ source: "url", server: SERVER }), get: async () => answer };
  await requireSameCluster(connection, { uid: "uid-a", authority: null, server: SERVER, ...known });
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

it("does not go by the address of this machine where another authority vouches for what answers there", async () => {
  const connection = openConnection({ source: "url", server: SERVER });
  const by = (authority: string | null, host = "127.0.0.1"): KubeConnection => ({
    ...connection,
    endpoint: { ...connection.endpoint, host, authority },
    get: async () => ({ ok: false, fault: toStatusFault(PATH, 403, "") }),
  });
  const known: ClusterIdentity = { uid: "uid-a", authority: findAuthority(by("one")), server: SERVER };
  await requireSameCluster(by("one"), known);
  await requireSameCluster(by(null), known);
  await requireSameCluster(by("renewed", "api.example"), known);
  for (const host of ["127.0.0.1", "0.0.0.0", "kubernetes.docker.internal"])
    await expect(requireSameCluster(by("another", host), known)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/ now leads to another cluster, at http:\/\/127\.0\.0\.1:1, so nothing was stored: /),
    });
});

it("does not go by an address that other clusters have as well", async () => {
  const [refused, told] = [
    { ok: false, fault: toStatusFault(PATH, 403, "") },
    { ok: true, body: Buffer.from('{"metadata":{"uid":"uid-b"}}') },
  ] as const satisfies readonly Answer[];
  await expect(check(refused, { isNamedByUid: true })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/^The namespace kube-system may not/),
  });
  await expect(check(told, { isNamedByUid: true, uid: null })).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/was never read/) });
  await check(told, { isNamedByUid: true, uid: "uid-b" });
});
