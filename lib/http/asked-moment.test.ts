import { expect, it } from "vitest";
import { namespace } from "@/lib/inventory/testing";
import { startScanned } from "@/lib/reads/testing-scanned";
import { askedMoment } from "./asked-moment";

it("keeps the moment of an address where nothing can be measured from its other one, and neither where the moment is wrong", async () => {
  const cluster = await startScanned();
  try {
    for (let scan = 0; scan < 3; scan++) await cluster.scan([namespace()]);
    const asked = (search: Record<string, string>) => askedMoment("c", Promise.resolve(search));
    expect(await asked({ at: "3", since: "1" })).toBe("at=3&since=1");
    expect(await asked({ at: "2", since: "3" })).toBe("at=2");
    expect(await asked({ at: "2", since: "99" })).toBe("at=2");
    expect(await asked({ at: "2", since: "x" })).toBe("at=2");
    expect(await asked({ since: "99" })).toBe("");
    expect(await asked({ at: "99", since: "1" })).toBe("");
  } finally {
    await cluster.stop();
  }
});
