import { expect, test } from "vitest";
import { findHostReach } from "./traefik-match";

test.each([
  ["Host(`a.example.com`)", "named"],
  ["Host(`a.example.com`, `b.example.com`)", "named"],
  ['Host("a.example.com") && PathPrefix("/x")', "named"],
  ["Host(`a.example.com`) && (PathPrefix(`/x`) || PathPrefix(`/y`))", "named"],
  ["PathPrefix(`/x(1)`) && Host(`a.example.com`)", "named"],
  ["HostRegexp(`^(a|b)\\.example\\.com$`)", "named"],
  ["HostRegexp(`^app[.]example[.]com$`)", "named"],
  ["HOST(`a.example.com`)", "named"],
  ["hostsni(`a.example.com`)", "named"],
  ["HostRegexp(`^\\w{3}\\.example\\.com$`)", "pattern"],
  ["HostRegexp(`^[^.]\\.example\\.com$`)", "pattern"],
  ["HostRegexp(`^a\\.example\\.com|b\\.example\\.com$`)", "pattern"],
  ["HostRegexp(`^[a-z]+\\.example\\.com$`)", "pattern"],
  ["HostRegexp(`shop\\.example\\.com`)", "pattern"],
  ["HostRegexp(`{name:[a-z]+}.example.com`)", "pattern"],
  ["HostRegexp(`.+`)", "any"],
  ["HostRegexp(`{any:.*}`)", "any"],
  ["HostSNI(`*`)", "any"],
  ["PathPrefix(`/x`)", "any"],
  ["Host(`a.example.com`) || PathPrefix(`/x`)", "any"],
  ["(Host(`a.example.com`) || HostRegexp(`.+\\.example\\.com`)) && Method(`GET`)", "pattern"],
  ["!Host(`a.example.com`)", "any"],
  ["!(Host(`a.example.com`) && Path(`/x`))", "any"],
  ["", null],
  ["Host(`a.example.com`", null],
  ["Host(`a.example.com`) Path(`/x`)", null],
  ["{{ .Values.match }}", null],
  [`${"(".repeat(10_000)}Host(\`a\`)${")".repeat(10_000)}`, null],
])("%s is for hosts that are %s", (match, reach) => {
  expect(findHostReach(match)).toBe(reach);
});
