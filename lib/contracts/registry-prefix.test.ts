import { expect, test } from "vitest";
import { readRegistryPrefix } from "./registry-prefix";

test.each([
  ["registry.example.com", "registry.example.com"],
  ["https://registry.example.com/", "registry.example.com"],
  ["oci://registry.example.com/charts", "registry.example.com/charts"],
  ["Registry.Example.COM/team/*", "registry.example.com/team"],
  ["index.docker.io/acme", "docker.io/acme"],
  [" localhost ", "localhost"],
  ["registry:5000/team", "registry:5000/team"],
])("takes %j for %s", (entry, prefix) => {
  expect(readRegistryPrefix(entry)).toEqual({ prefix });
});

const GENERAL = "an entry is a registry or a repository such as registry.example.com/team, without tag or digest";
test.each([
  ["", GENERAL],
  ["https://", GENERAL],
  ["registry.example.com/team/cart:1.2", GENERAL],
  ["registry.example.com/cart@sha256:ab", GENERAL],
  ["user:secret@registry.example.com", GENERAL],
  ["registry.example.com//team", GENERAL],
  ["registry.example.com:99999", "a port is at most 65535"],
  ["registry.example.com/Team", "a repository is written in lower case"],
  ["*.example.com", /takes no \*: write it out, such as registry\.example\.com\/team$/],
  ["registry.example.com/team*", /takes no \*/],
  ["acme/cart", "an entry begins with a registry: for images of Docker Hub, write docker.io/acme/cart"],
])("says why %j would match nothing", (entry, problem) => {
  expect(readRegistryPrefix(entry)).toEqual({ problem: typeof problem === "string" ? problem : expect.stringMatching(problem) });
});
