import { expect, test, vi } from "vitest";
import { isInCidr, RangeSet } from "../../model/ip-address";
import { decide } from "./decision";
import { type Suppositions, weigh } from "./suppositions";

const doubt = decide(null, "A range may or may not hold it.");
const ranges = (count: number) => Array.from({ length: count }, (_, i) => `10.${i >> 8}.${i & 255}.0/24`);

test("each of many ranges is looked up once, and two runs show that nothing is told", () => {
  const lookUps = vi.spyOn(RangeSet.prototype, "holds");
  for (const count of [200, 400]) {
    lookUps.mockClear();
    const run = vi.fn((supposed: Suppositions) => {
      for (const cidr of ranges(count)) supposed.askRange(cidr, doubt);
      return decide(true, "Allowed.");
    });
    expect(weigh(run).allowed).toBeNull();
    expect(run).toHaveBeenCalledTimes(2);
    expect(lookUps.mock.calls.length).toBeLessThanOrEqual(2 * count);
  }
  lookUps.mockRestore();
});

test("a set of ranges holds what one of them holds", () => {
  const cidrs = ["10.0.0.0/8", "10.1.0.0/16", "192.168.1.7", "fd00::/8", "::1/128", "0.0.0.0/33", "nonsense", " 172.16.0.0/12 "];
  const set = new RangeSet();
  for (const cidr of cidrs) set.add(cidr);
  for (const address of ["10.2.3.4", "11.0.0.1", "192.168.1.7", "192.168.1.8", "fd12::1", "::1", "::2", "172.20.1.1", "nonsense", ""])
    expect([address, set.holds(address)]).toEqual([address, cidrs.some((cidr) => isInCidr(address, cidr))]);
  expect([set.holds("10.1.2.3/8"), set.holds("10.1.2.3/7"), set.holds("192.168.1.7/31")]).toEqual([true, false, false]);
});
