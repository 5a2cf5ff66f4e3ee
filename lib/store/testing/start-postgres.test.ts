import { expect, it, onTestFinished, vi } from "vitest";
import { findFreePort } from "../../../e2e/control-plane/free-port";
import { startPostgres } from "./start-postgres";

vi.mock("../../../e2e/control-plane/free-port", async (importOriginal) => {
  const real = await importOriginal<typeof import("../../../e2e/control-plane/free-port")>();
  return { findFreePort: vi.fn(real.findFreePort) };
});

it("begins at another port where somebody took the one that was free", async ({ skip }) => {
  const first = await startPostgres();
  if (first === null) return skip("PostgreSQL is not installed.");
  onTestFinished(() => first.stop());
  const taken = await vi.mocked(findFreePort).mock.results[0]?.value;
  vi.mocked(findFreePort).mockResolvedValueOnce(taken);
  const second = await startPostgres();
  if (second === null) throw new Error("PostgreSQL was there a moment ago.");
  onTestFinished(() => second.stop());
  const [one, other] = await Promise.all([first, second].map((postgres) => postgres.createDatabase()));
  expect(new URL(other ?? "").port).not.toBe(new URL(one ?? "").port);
});
