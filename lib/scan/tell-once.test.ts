import { expect, it, vi } from "vitest";
import { tellOnce } from "./tell-once";

const refused = (statement: string, code: string) => Object.assign(new Error(`cannot execute ${statement}`), { code });

it("tells what stays wrong once, whichever statement meets it, then again after ten minutes, and something else at once", () => {
  let ms = 0;
  const tell = vi.fn<(error: unknown) => void>();
  const warn = tellOnce(tell, () => ms);
  for (const statement of ["UPDATE", "INSERT", "UPDATE"]) {
    warn(refused(statement, "25006"));
    ms += 5_000;
  }
  expect(tell).toHaveBeenCalledTimes(1);
  warn(refused("UPDATE", "ECONNREFUSED"));
  warn(refused("SELECT", "ECONNRESET"));
  expect(tell).toHaveBeenCalledTimes(2);
  warn(new Error("unknown"));
  expect(tell).toHaveBeenCalledTimes(3);
  ms += 600_000;
  warn(new Error("unknown"));
  expect(tell).toHaveBeenCalledTimes(4);
});
