import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { withDatabase } from "@/lib/store/testing/with-database";
import { startScanProcess } from "./start-scan-process";
import { withBundled } from "./testing-bundled";

describe("a scan whose credential plugin hangs", () => {
  const { folder, script } = withBundled("scan-process", "keep-compiled:");
  const used = withDatabase("pglite");
  const listener = createServer();

  beforeAll(async () => {
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
  });
  afterAll(() => void listener.close());

  it.each(["SIGINT", "SIGHUP", "SIGTERM"] as const)("leaves nothing of it when its group is told %s and the server ends it", async (signal) => {
    // It lives as long as this connection, and tells who runs it.
    const plugin = `require("node:net").connect(${(listener.address() as AddressInfo).port}, "127.0.0.1").write(String(process.ppid))`; // safe: a port
    const exec = { apiVersion: "client.authentication.k8s.io/v1", command: process.execPath, args: ["-e", plugin], interactiveMode: "Never" };
    const kubeconfig = path.join(folder, "config");
    const contexts = [{ name: "kind", context: { cluster: "c", user: "u" } }];
    writeFileSync(
      kubeconfig,
      JSON.stringify({ clusters: [{ name: "c", cluster: { server: "http://127.0.0.1:9" } }], users: [{ name: "u", user: { exec } }], contexts }),
    );
    const target = { source: "kubeconfig", kubeconfig, context: "kind" } as const;
    const job = { clusterId: 1, target, trigger: "manual", identity: null, settings: DEFAULT_SETTINGS, at: null } as const;
    const scan = startScanProcess({ job, database: used.database.createSource(), script, onWork: () => undefined });
    const [socket] = await once(listener, "connection");
    const ended = once(socket, "close");
    const [pid] = await once(socket, "data");
    process.kill(Number(pid), signal);
    scan.cancel();
    await expect(scan.done).rejects.toMatchObject({ code: "conflict" });
    await ended;
  });
});
