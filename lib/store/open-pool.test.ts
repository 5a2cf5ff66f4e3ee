import { once } from "node:events";
import { type AddressInfo, createServer, Socket } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { openPool } from "./open-pool";

afterEach(() => void vi.restoreAllMocks());

it("asks the system to look after a connection on which nothing comes: one that was lost silently would be waited for two hours", async () => {
  const keepAlive = vi.spyOn(Socket.prototype, "setKeepAlive");
  const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const pool = openPool({ kind: "postgresql", url: `postgresql://me@127.0.0.1:${(server.address() as AddressInfo).port}/none`, max: 1 });
  await expect(pool.query("SELECT 1")).rejects.toThrow();
  expect(keepAlive).toHaveBeenCalledWith(true, 30_000);
  await pool.end();
  server.close();
});
