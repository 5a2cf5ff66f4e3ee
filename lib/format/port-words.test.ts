import { expect, it } from "vitest";
import { portWords } from "./port-words";

const tcp = (from: number, to = from) => ({ protocol: "TCP", from, to });
const udp = (from: number, to = from) => ({ protocol: "UDP", from, to });

it("says ports in the fewest words", () => {
  expect(portWords([tcp(1, 65_535), udp(1, 65_535)])).toBe("every port");
  expect(portWords([tcp(1, 65_535)])).toBe("TCP every port");
  expect(portWords([tcp(5432)])).toBe("TCP 5432");
  expect(portWords([tcp(80), tcp(8000, 8079), udp(53)])).toBe("TCP 80, 8000–8079, UDP 53");
});

it("names the ports that are left out where they are fewer", () => {
  expect(portWords([tcp(1, 5431), tcp(5433, 65_535), udp(1, 65_535)])).toBe("every port but TCP 5432");
  expect(portWords([tcp(1, 52), tcp(54, 65_535), udp(1, 52), udp(54, 65_535)])).toBe("every port but TCP 53, UDP 53");
});
