import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { readManifests } from "./read-manifests";
import { testCommand } from "./testing-command";

const { folder, write, run } = testCommand("build-files");

const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers: [{name: c, image: nginx}]\n`;
const namesIn = (name: string) => readManifests([path.join(folder, name)]).documents.map(({ object }) => (object.metadata as { name: string }).name);

test("a file that a kustomization takes for an object is judged, also where it is data of another", () => {
  write("both/kustomization.yaml", "resources: [./a.yaml]\nconfigMapGenerator: [{name: c, files: [a.yaml, b.yaml]}]\n");
  for (const name of ["a", "b"]) write(`both/${name}.yaml`, pod(name));
  expect(namesIn("both")).toEqual(["a"]);
});

test("an object in a file that is named as a chart makes no chart of its folder", () => {
  write("plain/Chart.yaml", pod("chart"));
  write("plain/templates/a.yaml", pod("a"));
  expect(namesIn("plain")).toEqual(["chart", "a"]);
});

test("a kustomization in UTF-16 is read as one", () => {
  const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le");
  write("wide/kustomization.yaml", utf16("patches: [{path: p.yaml}]\n"));
  for (const name of ["a", "p"]) write(`wide/${name}.yaml`, pod(name));
  expect(namesIn("wide")).toEqual(["a"]);
});

test.each(["kustomization.yaml", "Chart.yaml"])("a pipe named %s, to which nobody writes, is not waited for", (name) => {
  const inFolder = `pipe-${name}`;
  write(`${inFolder}/a.yaml`, pod("a"));
  execFileSync("mkfifo", [path.join(folder, inFolder, name)]);
  expect(run(["--fail-on", "none", path.join(folder, inFolder)]).status).not.toBeNull();
});
