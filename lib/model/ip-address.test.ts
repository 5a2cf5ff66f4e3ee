import { expect, test } from "vitest";
import { isInCidr, isPublicAddress, isWorldCidr } from "./ip-address";

test("tells which addresses a range holds, in both families", () => {
  expect(isInCidr("169.254.169.254", "0.0.0.0/0")).toBe(true);
  expect(isInCidr("169.254.169.254", "169.254.169.254/32")).toBe(true);
  expect(isInCidr("169.254.169.253", "169.254.169.254/32")).toBe(false);
  expect(isInCidr("169.254.169.254", "169.254.169.254")).toBe(true);
  expect(isInCidr("fd00:ec2::254", "fd00:ec2::/32")).toBe(true);
  expect(isInCidr("fd00:ec2::254", "0.0.0.0/0")).toBe(false);
  expect(isInCidr("::ffff:10.0.0.1", "::ffff:0:0/96")).toBe(true);
});

test.each(["", "x", "10.0.0.0/33", "10.0.0/8", "1.2.3.256/8", "::1::/64", "12345::/16", "10.0.0.0/", "10.0.0.0/0x8", "10.0.0.0/ 8"])(
  "takes %j for no range",
  (cidr) => {
    expect(isInCidr("10.0.0.1", cidr)).toBe(false);
  },
);

test.each([
  ["34.1.2.3", true],
  ["10.1.2.3", false],
  ["192.168.0.1", false],
  ["169.254.1.1", false],
  ["127.0.0.1", false],
  ["0.0.0.0", false],
  ["::1", false],
  ["100.64.0.9", false],
  ["172.31.9.9", false],
  ["172.32.0.1", true],
  ["fd00::1", false],
  ["fe80::1", false],
  ["2001:db8::1", true],
  ["node-1.internal", false],
])("tells whether %s is routed on the internet", (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});

test("takes halves of the internet for the internet", () => {
  expect(["0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1"].map(isWorldCidr)).toEqual([true, true, true, true]);
  expect(["10.0.0.0/8", "0.0.0.0", "x/0"].map(isWorldCidr)).toEqual([false, false, false]);
});
